package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.ClientCertificates.Kept;
import dev.muster.daemon.core.ClientCertificates.Ready;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Reaching.ForwardListener;
import dev.muster.daemon.core.Reaching.Port;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.certificates.TestAuthority;
import dev.muster.daemon.kubernetes.reach.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates for ray://, by the Secret that an operator makes for a cluster. */
class SandboxCertificatesTest extends SandboxReachFixture {
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  private Reach reach;

  @BeforeEach
  void start() {
    reach = reach(() -> Instant.now().plus(later.get()));
  }

  private Ready ready(boolean anew) {
    return reach.certificates().ready(admin(), Target.DEFAULT, "demo", anew, 0);
  }

  private static Failure failing(Runnable operation) {
    return catchThrowableOfType(Failure.class, operation::run);
  }

  /** Makes the Secret of another authority, in the place of one that is there. */
  private void authority() throws Exception {
    String path = "/api/v1/namespaces/" + namespace + "/secrets";
    ObjectNode secret =
        TestAuthority.of("EC", Instant.now().plus(Duration.ofDays(365)), true).secret("demo");
    // What has the label need not be an authority.
    ObjectNode other = secret.deepCopy();
    ((ObjectNode) other.get("metadata")).put("name", "a-oauth-config");
    for (ObjectNode each : List.of(other, secret)) {
      String name = each.at("/metadata/name").asText();
      try {
        api(kubeconfig()).call("DELETE", path + "/" + name, null);
      } catch (RuntimeException absent) {
        assertThat(absent).hasMessageContaining("not found");
      }
      api(kubeconfig()).call("POST", path, each);
    }
  }

  @Test
  void one_is_made_once_and_anew_when_it_or_its_authority_is_not_the_same() throws Exception {
    create();
    authority();

    Ready first = ready(false);
    assertThat(first.made()).isTrue();
    Path directory = first.kept().directory();
    assertThat(directory)
        .isEqualTo(directory().resolve(".local/share/codeflare/tls/demo-" + namespace));
    assertThat(first.environment())
        .containsEntry("RAY_TLS_SERVER_KEY", directory.resolve("tls.key").toString());
    String key = Files.readString(directory.resolve("tls.key"));

    assertThat(ready(false).made()).isFalse();
    assertThat(directory.resolve("tls.key")).hasContent(key);
    assertThat(ready(true).made()).isTrue();
    assertThat(Files.readString(directory.resolve("tls.key"))).isNotEqualTo(key);
    later.set(Duration.ofDays(31));
    assertThat(ready(false).made()).as("after it expired").isTrue();
    authority();
    assertThat(ready(false).made()).as("after the authority became another").isTrue();
  }

  private Path directory() {
    return directory;
  }

  @Test
  void expired_ones_are_removed_and_one_goes_with_its_cluster() throws Exception {
    create();
    authority();
    Kept kept = ready(false).kept();
    assertThat(reach.certificates().kept(admin())).containsExactly(kept);
    assertThat(reach.certificates().forgetExpired(admin(), false)).isEmpty();
    later.set(Duration.ofDays(31));

    assertThat(reach.certificates().forgetExpired(admin(), true)).hasSize(1);
    assertThat(kept.directory()).as("after a dry run").exists();
    assertThat(reach.certificates().forgetExpired(admin(), false)).hasSize(1);
    assertThat(kept.directory()).doesNotExist();

    ready(false);
    reach.certificates().clusterIsGone(admin(), namespace, "demo");
    assertThat(kept.directory()).doesNotExist();
    assertThat(reach.certificates().forget(admin(), Target.DEFAULT, "demo", false)).isEmpty();
  }

  @Test
  void that_a_directory_cannot_be_removed_does_not_stop_a_deletion() throws IOException {
    Path base = Files.createDirectories(directory.resolve(".local/share/codeflare/tls"));
    // A directory where a file should be is not removed.
    Path odd = Files.createDirectories(base.resolve("demo-" + namespace + "/tls.key/inside"));

    reach.certificates().clusterIsGone(admin(), namespace, "demo");

    assertThat(odd).exists();
  }

  @Test
  void a_cluster_without_an_authority_wants_none() throws Exception {
    create();
    assertThat(failing(() -> ready(false)))
        .hasMessageContaining(
            "has no Secret demo-ca-secret-… with the label ray.openshift.ai/cluster-name")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
    assertThat(directory.resolve(".local")).doesNotExist();
  }

  @Test
  void who_may_not_read_secrets_is_told_which_right_is_missing() throws Exception {
    create();
    authority();
    Caller viewer = caller(viewer());
    assertThat(failing(() -> reach.certificates().ready(viewer, Target.DEFAULT, "demo", false, 0)))
        .hasMessageStartingWith("You may not list secrets in the namespace " + namespace)
        .hasMessageContaining("cannot list resource \"secrets\"")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.FORBIDDEN);
  }

  @Test
  void what_cannot_be_is_refused() {
    assertThat(failing(() -> reach.certificates().ready(admin(), Target.DEFAULT, "x", false, 4000)))
        .hasMessage("A certificate is good for 1 to 3650 days, not 4000.");
    assertThat(failing(() -> reach.certificates().forget(admin(), Target.DEFAULT, "../x", false)))
        .hasMessage("\"../x\" is not the name of a RayCluster.");
    assertThat(failing(() -> ready(false)))
        .hasMessage("There is no RayCluster demo in the namespace " + namespace + ".");
  }

  @Test
  void a_session_says_that_a_certificate_is_wanted() throws Exception {
    create();
    authority();
    try (StandInDashboard dashboard = new StandInDashboard()) {
      DashboardInPlace.of(sandbox, namespace, head(), dashboard.socket());
      Cancellation cancellation = new Cancellation();
      List<String> notes = new ArrayList<>();
      ForwardListener listener =
          new ForwardListener() {
            @Override
            public void open(List<Port> ports, String words) {}

            @Override
            public void changed(String sentence) {}

            @Override
            public void note(String sentence) {
              notes.add(sentence);
              cancellation.cancel();
            }
          };
      reach.forward(
          admin(), Target.DEFAULT, "raycluster", "demo", List.of(), listener, cancellation);

      assertThat(notes)
          .containsExactly(
              "ray:// of demo wants a certificate; before you start Python: eval \"$(muster get"
                  + " certificate demo -n "
                  + namespace
                  + ")\"");
    }
  }
}
