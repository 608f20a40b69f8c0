package dev.muster.daemon.kubernetes.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.Login;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server whose certificate is for api.lab.example and 10.0.0.1, reached on the loopback. */
class NamedServerTest {
  private final ExecPlugins plugins = new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(1));
  private final ApiClients clients = new ApiClients(plugins);
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpsServer server;
  private String certificate;

  @BeforeEach
  void start() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    certificate = pem("CERTIFICATE", certificate(pair));
    String key = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    SSLContext context =
        Tls.context(Tls.keys(certificate, key, "x"), Tls.trust(certificate, false, "x"), "");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    clients.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, api.lab.example, api.lab.example",
    "localhost, api.lab.example, api.lab.example",
    "localhost, 10.0.0.1,",
  })
  void its_certificate_is_compared_with_the_name_and_it_is_asked_for_it(
      String host, String name, String expected) {
    assertThat(get(host, name)).isEqualTo("yes");
    assertThat(asked).containsExactly(String.valueOf(expected));
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, other.example", "localhost, other.example", "localhost, ''"})
  void a_certificate_for_another_name_is_refused(String host, String name) {
    assertThatThrownBy(() -> get(host, name)).isInstanceOf(UnreachableException.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void its_engines_are_the_jdks_in_everything_else() throws Exception {
    SSLContext context = Tls.context(null, Tls.trust(certificate, false, "x"), "api.lab.example");
    SSLEngine engine = context.createSSLEngine();
    assertThat(engine.getPeerHost()).isEqualTo("api.lab.example");
    engine.setUseClientMode(true);
    engine.setNeedClientAuth(false);
    engine.setWantClientAuth(true);
    engine.setEnableSessionCreation(true);
    engine.setEnabledProtocols(new String[] {"TLSv1.3"});
    engine.setEnabledCipherSuites(engine.getEnabledCipherSuites());
    assertThat(engine.getUseClientMode()).isTrue();
    assertThat(engine.getNeedClientAuth()).isFalse();
    assertThat(engine.getWantClientAuth()).isTrue();
    assertThat(engine.getEnableSessionCreation()).isTrue();
    assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
    assertThat(engine.getSupportedProtocols()).contains("TLSv1.2");
    assertThat(engine.getSupportedCipherSuites()).contains(engine.getEnabledCipherSuites()[0]);
    assertThat(engine.getSession().isValid()).isFalse();
    assertThat(engine.getHandshakeSession()).isNull();
    assertThat(engine.getApplicationProtocol()).isNull();
    assertThat(engine.getHandshakeApplicationProtocol()).isNull();
    assertThat(engine.getSSLParameters().getProtocols()).containsExactly("TLSv1.3");
    engine.closeOutbound();
    assertThat(engine.isOutboundDone()).isTrue();
    engine.closeInbound();
    assertThat(engine.isInboundDone()).isTrue();
    assertThat(context.getSupportedSSLParameters().getProtocols()).contains("TLSv1.3");
    assertThat(context.getDefaultSSLParameters().getProtocols()).contains("TLSv1.3");
    assertThat(context.getClientSessionContext()).isNotNull();
    assertThat(context.getServerSessionContext()).isNotNull();
    context.init(null, Tls.trust(certificate, false, "x"), null);
    assertThatThrownBy(context::getSocketFactory).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(context::getServerSocketFactory)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private String get(String host, String name) {
    String url = "https://" + host + ":" + server.getAddress().getPort();
    Access access =
        new Access(
            "lab",
            "a kubeconfig",
            url,
            certificate,
            false,
            name,
            "",
            Login.ANONYMOUS,
            Map.of(),
            "",
            "",
            "identity",
            "digest");
    return clients.get(access).get("/").path("answer").asText();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
      asked.add(
          session.getRequestedServerNames().stream()
              .map(asked -> ((SNIHostName) asked).getAsciiName())
              .findFirst()
              .orElse("null"));
      byte[] body = "{\"answer\":\"yes\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] certificate(KeyPair pair) throws Exception {
    X500Name name = new X500Name("CN=lab");
    return new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(Instant.parse("2026-01-01T00:00:00Z")),
            Date.from(Instant.parse("2046-01-01T00:00:00Z")),
            name,
            pair.getPublic())
        .addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.dNSName, "api.lab.example"),
                  new GeneralName(GeneralName.iPAddress, "10.0.0.1")
                }))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
        .getEncoded();
  }

  private static String pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type);
  }
}
