package dev.muster.daemon.kubernetes.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.ClientCertificates.Kept;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFilesTest {
  private static final Instant NOW = Instant.now();
  private static final Duration MONTH = Duration.ofDays(30);

  /** As {@code openssl ecparam -genkey} writes one. */
  private static final String OLD_KEY =
      """
      -----BEGIN EC PARAMETERS-----
      BggqhkjOPQMBBw==
      -----END EC PARAMETERS-----
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIBo/vTIwCaYD0XecRBEzrVmCpOO5nDz2QSQoB1hol4lOoAoGCCqGSM49
      AwEHoUQDQgAEfcjNsjyXPeVSSulQX8yCpZIrT/WBn+wtpaDqtNrH/13fFoojA7kZ
      FJoGODold2EYsRL0t1WHpZ29GtsuDvEgfQ==
      -----END EC PRIVATE KEY-----
      """;

  @TempDir Path home;
  private CertificateFiles files;

  @BeforeEach
  void open() {
    files = CertificateFiles.of(Path.of("/"), Map.of("HOME", home.toString()));
  }

  private static TestAuthority authority() throws Exception {
    return TestAuthority.of("EC", NOW.plus(Duration.ofDays(365)), true);
  }

  private Kept make(TestAuthority authority, Duration lasting) throws Exception {
    return files.make(Authority.of(authority.secret("demo")), "demo", "team-a", NOW, lasting);
  }

  @Test
  void they_are_where_codeflare_sdk_keeps_them() {
    Path here = Path.of("/work");
    assertThat(directory(Map.of("HOME", "/home/ada"), here))
        .isEqualTo("/home/ada/.local/share/codeflare/tls");
    assertThat(directory(Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "/data"), here))
        .isEqualTo("/data/codeflare/tls");
    assertThat(directory(Map.of("XDG_DATA_HOME", "/data", "CODEFLARE_TLS_DIR", "tls"), here))
        .isEqualTo("/work/tls");
  }

  private static String directory(Map<String, String> environment, Path here) {
    return CertificateFiles.of(here, environment).toString();
  }

  @Test
  void nobody_else_can_look_into_them() throws Exception {
    Kept kept = make(authority(), MONTH);
    assertThat(kept.directory()).isEqualTo(home.resolve(".local/share/codeflare/tls/demo-team-a"));
    assertThat(mode(kept.directory())).isEqualTo("rwx------");
    assertThat(mode(kept.directory().getParent())).isEqualTo("rwx------");
    for (String name : List.of("ca.crt", "tls.crt", "tls.key")) {
      assertThat(mode(kept.directory().resolve(name))).as(name).isEqualTo("rw-------");
    }
    assertThat(kept.directory().toFile().list()).hasSize(3);
    assertThat(CertificateFiles.environment(kept.directory()))
        .containsEntry("RAY_USE_TLS", "1")
        .containsEntry("RAY_TLS_SERVER_CERT", kept.directory() + "/tls.crt")
        .containsEntry("RAY_TLS_SERVER_KEY", kept.directory() + "/tls.key")
        .containsEntry("RAY_TLS_CA_CERT", kept.directory() + "/ca.crt");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @CsvSource({"RSA,false", "EC,true", "Ed25519,false"})
  void a_server_that_trusts_the_authority_takes_the_certificate(String algorithm, boolean ownId)
      throws Exception {
    TestAuthority authority = TestAuthority.of(algorithm, NOW.plus(Duration.ofDays(365)), ownId);
    Kept kept = make(authority, MONTH);
    SSLContext both = context(kept.directory());

    try (SSLServerSocket server =
        (SSLServerSocket)
            both.getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      server.setNeedClientAuth(true);
      FutureTask<String> seen = new FutureTask<>(() -> client(server));
      Thread.ofVirtual().start(seen);
      try (SSLSocket client =
          (SSLSocket) both.getSocketFactory().createSocket("127.0.0.1", server.getLocalPort())) {
        var parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        assertThat(client.getInputStream().read()).isEqualTo(7);
      }
      assertThat(seen.get()).isEqualTo("CN=local");
    }
  }

  /** Whom the server saw. */
  private static String client(SSLServerSocket server) throws IOException {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.startHandshake();
      socket.getOutputStream().write(7);
      return socket.getSession().getPeerPrincipal().getName();
    }
  }

  /** As Ray makes one of the three files: the same for both ends. */
  private static SSLContext context(Path directory) throws Exception {
    X509Certificate[] chain = {certificate(directory.resolve("tls.crt"))};
    String pem = Files.readString(directory.resolve("tls.key"));
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", key, new char[0], chain);
    store.setCertificateEntry("ca", certificate(directory.resolve("ca.crt")));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void a_good_one_is_used_again_and_any_other_is_not() throws Exception {
    TestAuthority authority = authority();
    Authority signs = Authority.of(authority.secret("demo"));
    Kept kept = make(authority, MONTH);

    assertThat(files.good(signs, "demo", "team-a", NOW).orElseThrow().directory())
        .isEqualTo(kept.directory());
    assertThat(files.good(signs, "demo", "team-a", NOW.plus(MONTH))).as("expired").isEmpty();
    assertThat(files.good(Authority.of(authority().secret("demo")), "demo", "team-a", NOW))
        .as("of another authority")
        .isEmpty();
    // The directory of demo in team-a is that of demo-team in a, too.
    assertThat(files.good(signs, "demo-team", "a", NOW)).isEmpty();
    assertThat(files.find("demo-team", "a", NOW)).isEmpty();
    Files.delete(kept.directory().resolve("tls.key"));
    assertThat(files.good(signs, "demo", "team-a", NOW)).as("without its key").isEmpty();
  }

  @Test
  void it_ends_with_its_authority_at_the_latest() throws Exception {
    Instant last = NOW.plus(Duration.ofDays(3));
    assertThat(make(TestAuthority.of("EC", last, false), MONTH).ends())
        .isBetween(last.minusSeconds(1), last);
    TestAuthority over = TestAuthority.of("EC", NOW.minusSeconds(60), false);
    assertThatThrownBy(() -> make(over, MONTH))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "No certificate can be made with the Secret demo-ca-secret-x7k2p: it expired at ");
  }

  @Test
  void all_are_listed_and_what_is_not_ours_stays() throws Exception {
    Kept kept = make(authority(), Duration.ofDays(1));
    Path other = Files.createDirectories(kept.directory().resolveSibling("by-hand"));
    Files.writeString(other.resolve("tls.crt"), "no certificate");
    Files.writeString(kept.directory().resolve("notes"), "mine");
    Files.createDirectories(kept.directory().resolveSibling("empty"));

    List<Kept> all = files.all(NOW.plus(MONTH));
    assertThat(all)
        .containsExactly(
            new Kept("by", "hand", other, null, false),
            new Kept("demo", "team-a", kept.directory(), all.get(1).ends(), true));

    all.forEach(files::remove);
    assertThat(other).doesNotExist();
    assertThat(kept.directory().toFile().list()).containsExactly("notes");
    assertThat(files.all(NOW)).isEmpty();
  }

  @Test
  void older_names_and_older_keys_are_read() throws Exception {
    TestAuthority old = TestAuthority.of("RSA", NOW.plus(MONTH), false);
    Authority read = Authority.of(old.oldSecret("demo"));
    assertThat(files.make(read, "demo", "x", NOW, MONTH).expired()).isFalse();

    ObjectNode openssl =
        TestAuthority.secret(
            "demo", "ca.crt", TestAuthority.pem(authority().certificate()), "ca.key", OLD_KEY);
    assertThatThrownBy(() -> files.make(Authority.of(openssl), "demo", "x", NOW, MONTH))
        .as("it was read: it is another's")
        .hasMessageContaining("its key is not that of its certificate");
  }

  @Test
  void a_secret_that_is_not_whole_is_named_and_its_key_is_not() throws Exception {
    TestAuthority one = authority();
    String pem = TestAuthority.pem(one.certificate());
    ObjectNode mixed = one.secret("demo");
    ((ObjectNode) mixed.get("data")).set("tls.key", authority().secret("demo").at("/data/tls.key"));
    broken(TestAuthority.secret("demo", new String[0]), "it lacks ca.crt");
    broken(TestAuthority.secret("demo", "ca.crt", pem), "it lacks tls.key");
    broken(TestAuthority.secret("demo", "ca.crt", "x", "tls.key", "y"), "its certificate");
    broken(TestAuthority.secret("demo", "ca.crt", pem, "tls.key", "canary"), "its key is none");
    String garbled = "-----BEGIN EC PRIVATE KEY-----\ncanary==\n-----END EC PRIVATE KEY-----\n";
    broken(TestAuthority.secret("demo", "ca.crt", pem, "tls.key", garbled), "its key");
    assertThatThrownBy(() -> files.make(Authority.of(mixed), "demo", "x", NOW, MONTH))
        .hasMessageContaining("its key is not that of its certificate");
    assertThat(Authority.of(one.secret("demo"))).hasToString("Authority[demo-ca-secret-x7k2p]");
    assertThat(home.resolve(".local/share/codeflare/tls/demo-x")).doesNotExist();
  }

  private static void broken(ObjectNode secret, String why) {
    assertThatThrownBy(() -> Authority.of(secret))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the Secret demo-ca-secret-x7k2p: " + why)
        .hasMessageNotContaining("canary");
  }

  @Test
  void where_nothing_can_be_kept_is_said() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "");
    files = CertificateFiles.of(home, Map.of("CODEFLARE_TLS_DIR", "file"));
    assertThatThrownBy(() -> make(authority(), MONTH))
        .hasMessageStartingWith("The certificate cannot be kept in " + file + "/demo-team-a: ")
        .hasMessageEndingWith(" Name a directory of your own in CODEFLARE_TLS_DIR.");
    assertThat(files.all(NOW)).isEmpty();
  }
}
