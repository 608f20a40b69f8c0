package dev.muster.daemon.kubernetes.clients;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * TLS to servers that must show a certificate for one name, and are asked for it, whatever host the
 * connection goes to: what "tls-server-name" of a kubeconfig means. The JDK's HTTP client knows
 * only the host of the URL, but it makes its engines here, and it is the engine's host that the
 * JDK's trust manager compares.
 */
final class NamedServer extends SSLContextSpi {
  private final SSLContext context;
  private final String name;

  private NamedServer(SSLContext context, String name) {
    this.context = context;
    this.name = name;
  }

  static SSLContext of(SSLContext context, String name) {
    return new SSLContext(
        new NamedServer(context, name), context.getProvider(), context.getProtocol()) {};
  }

  /** An address is compared, but never asked for (RFC 6066, section 3). */
  private List<SNIServerName> asked() {
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    return address ? List.of() : List.of(new SNIHostName(name));
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return new ForwardingEngine(context.createSSLEngine(name, port)) {
      @Override
      public void setSSLParameters(SSLParameters parameters) {
        parameters.setServerNames(asked());
        super.setSSLParameters(parameters);
      }
    };
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return engineCreateSSLEngine(name, -1);
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
      throws KeyManagementException {
    context.init(keys, trust, random);
  }

  /** Sockets would go by the URL's host; the HTTP client has none. */
  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return context.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return context.getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return context.getDefaultSSLParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return context.getSupportedSSLParameters();
  }
}
