package dev.muster.cli.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.CertificateReply;
import dev.muster.v1.CertificateRequest;
import dev.muster.v1.ClientCertificate;
import dev.muster.v1.CollectLogsRequest;
import dev.muster.v1.CollectLogsUpdate;
import dev.muster.v1.DashboardReply;
import dev.muster.v1.DashboardRequest;
import dev.muster.v1.DeleteCertificatesRequest;
import dev.muster.v1.ForwardRequest;
import dev.muster.v1.ForwardUpdate;
import dev.muster.v1.GetReply;
import dev.muster.v1.ListCertificatesReply;
import dev.muster.v1.Port;
import dev.muster.v1.Resource;
import dev.muster.v1.TokenReply;
import dev.muster.v1.Variable;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  private static final ForwardUpdate OPEN =
      ForwardUpdate.newBuilder()
          .addPorts(port("dashboard", 8265, 8265))
          .addPorts(port("client", 10_001, 41_000))
          .setWords("port-forward to pod demo-head")
          .build();

  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory, daemon);
  }

  @AfterEach
  void stop() {
    daemon.stop();
  }

  private static Port port(String name, int remote, int local) {
    return Port.newBuilder().setName(name).setRemote(remote).setLocal(local).build();
  }

  private static ForwardUpdate changed(String sentence) {
    return ForwardUpdate.newBuilder().setChanged(sentence).build();
  }

  private Result run(String line) {
    return shell.run(line.split(" "));
  }

  @Test
  void a_session_prints_where_things_are_and_what_changes() {
    daemon.answers(OPEN, changed("lost the head pod; looking for it"), changed("found again"));
    assertThat(run("session raycluster demo -n team-a"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "dashboard: http://localhost:8265\nclient: ray://localhost:41000\n",
                """
                open until you press Ctrl-C (port-forward to pod demo-head)
                lost the head pod; looking for it
                found again
                """));
    ForwardRequest request = daemon.request(0);
    assertThat(request.getKind()).isEqualTo("raycluster");
    assertThat(request.getPortsList()).as("those that the kind has").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"session rayservice/x", "session rayjob x"})
  void what_cannot_be_reached_is_said(String line) {
    daemon.refuses(Status.NOT_FOUND, "there is no such thing");
    assertThat(run(line))
        .isEqualTo(new Result(ExitCode.NOT_FOUND, "", "muster: there is no such thing\n"));
  }

  @Test
  void a_dashboard_that_has_an_address_is_printed() {
    daemon.answers(DashboardReply.newBuilder().setUrl("https://ray.example/").build());
    assertThat(run("dashboard rayjob nightly"))
        .isEqualTo(new Result(ExitCode.DONE, "https://ray.example/\n", ""));
    assertThat(daemon.<DashboardRequest>request(0).getKind()).isEqualTo("rayjob");
  }

  @Test
  void else_a_port_of_this_machine_leads_to_it() {
    daemon.answers(DashboardReply.newBuilder().setReason("there is no Ingress").build(), OPEN);
    assertThat(run("dashboard raycluster demo -v"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "http://localhost:8265\n",
                "there is no Ingress\nopen until you press Ctrl-C (port-forward to pod demo-head)\n"));
    assertThat(daemon.<ForwardRequest>request(1).getPortsList())
        .containsExactly(port("dashboard", 8265, 0));
  }

  @Test
  void a_port_that_is_named_is_taken() {
    daemon.answers(OPEN.toBuilder().clearWords().build());
    assertThat(run("dashboard raycluster demo --port 9000").err())
        .isEqualTo("open until you press Ctrl-C\n");
    assertThat(daemon.<ForwardRequest>request(0).getPorts(0))
        .isEqualTo(port("dashboard", 8265, 9000));
    assertThat(run("dashboard raycluster demo --port 70000").err())
        .isEqualTo("muster: --port takes a number from 1 to 65535, not 70000\n");
  }

  @Test
  void on_a_terminal_the_browser_opens_it() throws IOException {
    Path seen = directory.resolve("seen");
    Path browser = directory.resolve("browser");
    Files.writeString(browser, "#!/bin/sh\necho \"$1\" > '%s'\n".formatted(seen));
    Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
    daemon.answers(DashboardReply.newBuilder().setUrl("https://ray.example/").build());
    shell.terminal().with("BROWSER", browser.toString()).run("dashboard", "raycluster", "demo");
    await().until(() -> Files.exists(seen) && Files.size(seen) > 0);
    assertThat(seen).hasContent("https://ray.example/");
  }

  @Test
  void that_there_is_no_browser_is_no_failure() {
    DashboardReply reply = DashboardReply.newBuilder().setUrl("https://ray.example/").build();
    daemon.answers(reply);
    shell.terminal().with("BROWSER", directory.resolve("none").toString());
    assertThat(run("dashboard raycluster demo").err()).startsWith("open it in your browser; ");
    daemon.answers(reply);
    assertThat(run("dashboard raycluster demo --no-browser"))
        .isEqualTo(new Result(ExitCode.DONE, "https://ray.example/\n", ""));
  }

  @Test
  void log_files_are_copied_into_a_directory() {
    daemon.answers(
        CollectLogsUpdate.newBuilder().setLine("demo-head: 12 files").build(),
        CollectLogsUpdate.newBuilder().setFiles(12).build());
    assertThat(run("log raycluster demo --node-type head"))
        .isEqualTo(new Result(ExitCode.DONE, "12 files in demo\n", "demo-head: 12 files\n"));
    CollectLogsRequest request = daemon.request(0);
    assertThat(List.of(request.getNodes(), request.getDirectory())).containsExactly("head", "demo");
  }

  @Test
  void log_files_have_few_kinds_of_nodes() {
    assertThat(run("log raycluster demo --node-type tail --out-dir x").err())
        .isEqualTo("muster: --node-type takes all, head, worker, not 'tail'\n");
  }

  @Test
  void google_cloud_is_linked_to_instead_of_copying() {
    Resource onGke =
        Samples.demo().toBuilder().setContext("gke_my-project_europe-west4_lab").build();
    daemon.answers(GetReply.newBuilder().setResource(onGke).build());
    assertThat(run("log raycluster demo --link gke"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "https://console.cloud.google.com/logs/query;query="
                    + "resource.type%3D%22k8s_container%22%0A"
                    + "resource.labels.namespace_name%3D%22team-a%22%0A"
                    + "labels.%22k8s-pod%2Fray_io%2Fcluster%22%3D%22demo%22%0A"
                    + "labels.%22k8s-pod%2Fray_io%2Fis-ray-node%22%3D%22yes%22"
                    + "?project=my-project\n",
                ""));
    Resource job =
        Samples.job().toBuilder()
            .setKind("rayjob")
            .setDetailsJson("{\"rayCluster\":\"demo-x7\"}")
            .build();
    daemon.answers(GetReply.newBuilder().setResource(job).build());
    Result elsewhere = run("log rayjob train --link gke --node-type head");
    assertThat(elsewhere.out())
        .contains(
            "cluster%22%3D%22demo-x7%22%0Alabels.%22k8s-pod%2Fray_io%2Fnode-type%22%3D%22head")
        .doesNotContain("project");
    assertThat(elsewhere.err()).startsWith("warning: the context does not look like one of GKE");
  }

  @Test
  void a_link_needs_a_cluster_and_a_cloud_that_is_known() {
    daemon.answers(
        GetReply.newBuilder().setResource(Samples.job().toBuilder().setKind("rayjob")).build());
    assertThat(run("log rayjob train --link gke"))
        .isEqualTo(
            new Result(
                ExitCode.NOT_FOUND,
                "",
                "muster: the rayjob train has no Ray cluster at present\n"));
    assertThat(run("log raycluster demo --link aws"))
        .isEqualTo(new Result(ExitCode.USAGE, "", "muster: --link takes gke, not 'aws'\n"));
    assertThat(run("log raycluster demo --link gke --out-dir x").err())
        .isEqualTo("muster: --link and --out-dir do not go together\n");
  }

  @Test
  void a_token_is_printed_alone() {
    daemon.answers(TokenReply.newBuilder().setToken("t0ken").build());
    assertThat(run("get token demo")).isEqualTo(new Result(ExitCode.DONE, "t0ken\n", ""));
  }

  private static final ClientCertificate CERTIFICATE =
      ClientCertificate.newBuilder()
          .setCluster("demo")
          .setNamespace("team-a")
          .setDirectory("/home/a b/tls/demo-team-a")
          .setEndsMs(1_800_000_000_123L)
          .build();

  private static final CertificateReply MADE =
      CertificateReply.newBuilder()
          .setCertificate(CERTIFICATE)
          .addEnvironment(Variable.newBuilder().setName("RAY_USE_TLS").setValue("1"))
          .addEnvironment(
              Variable.newBuilder()
                  .setName("RAY_TLS_CA_CERT")
                  .setValue("/home/a b/tls/demo-team-a/ca.crt"))
          .setMade(true)
          .build();

  @Test
  void what_a_client_of_ray_needs_is_printed_for_a_shell() {
    daemon.answers(MADE, MADE.toBuilder().clearMade().build());
    assertThat(run("get certificate demo -n team-a"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "export RAY_USE_TLS=1\n"
                    + "export RAY_TLS_CA_CERT='/home/a b/tls/demo-team-a/ca.crt'\n",
                "made a certificate for demo in /home/a b/tls/demo-team-a, good until"
                    + " 2027-01-15T08:00:00Z\n"));
    CertificateRequest request = daemon.request(0);
    assertThat(request.getTarget().getNamespace()).isEqualTo("team-a");
    assertThat(request.getDays()).isEqualTo(30);
    assertThat(run("get certificate demo --refresh --days 7").err()).startsWith("there is a cert");
    assertThat(daemon.<CertificateRequest>request(1).getAnew()).isTrue();
    assertThat(daemon.<CertificateRequest>request(1).getDays()).isEqualTo(7);
    assertThat(run("get certificate demo --days 0").err())
        .isEqualTo("muster: --days takes a number from 1 on, not 0\n");
  }

  @Test
  void what_a_client_of_ray_needs_is_a_record_for_a_program() {
    daemon.answers(MADE);
    assertThat(run("get certificate demo -o json").out())
        .contains("\"state\": \"valid\"", "\"made\": true", "\"RAY_USE_TLS\": \"1\"");
  }

  @Test
  void certificates_are_listed_with_their_ends() {
    ListCertificatesReply some =
        ListCertificatesReply.newBuilder()
            .addCertificates(CERTIFICATE.toBuilder().setExpired(true))
            .addCertificates(CERTIFICATE.toBuilder().clearEndsMs().setDirectory("/x"))
            .build();
    daemon.answers(some, some, ListCertificatesReply.getDefaultInstance());
    assertThat(run("list certificates").out())
        .isEqualTo(
            "CLUSTER\tNAMESPACE\tSTATE\tEXPIRES\tDIRECTORY\n"
                + "demo\tteam-a\texpired\t2027-01-15T08:00:00Z\t/home/a b/tls/demo-team-a\n"
                + "demo\tteam-a\tunreadable\t-\t/x\n");
    assertThat(run("list certificate -o json").out()).contains("\"expires\": null");
    assertThat(run("list certificate").err()).startsWith("No certificates found");
  }

  @Test
  void certificates_are_deleted_by_cluster_or_when_they_have_expired() {
    ListCertificatesReply one =
        ListCertificatesReply.newBuilder().addCertificates(CERTIFICATE).build();
    ListCertificatesReply none = ListCertificatesReply.getDefaultInstance();
    daemon.answers(one, one, none, none);
    assertThat(run("delete certificate demo").out())
        .isEqualTo("certificate/demo deleted (/home/a b/tls/demo-team-a)\n");
    assertThat(run("delete certificate --expired --dry-run").out())
        .endsWith("-team-a) (dry run)\n");
    assertThat(run("delete certificate --expired"))
        .isEqualTo(new Result(ExitCode.DONE, "", "no certificate has expired\n"));
    assertThat(run("delete certificate demo"))
        .isEqualTo(
            new Result(ExitCode.NOT_FOUND, "", "muster: There is no certificate for demo.\n"));
    assertThat(run("delete certificate").err())
        .isEqualTo("muster: name one cluster, or say --expired\n");
    assertThat(daemon.<DeleteCertificatesRequest>request(1).getCluster()).isEmpty();
  }
}
