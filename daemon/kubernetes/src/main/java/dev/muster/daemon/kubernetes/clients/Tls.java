package dev.muster.daemon.kubernetes.clients;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom to trust and which certificate to show, as a kubeconfig says. A CA that is named is the only
 * one trusted.
 */
final class Tls {
  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  /**
   * @param keys null for none
   * @param serverName whom the server's certificate must be for; empty: the URL's host
   */
  static SSLContext context(KeyManager[] keys, TrustManager[] trust, String serverName) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return serverName.isEmpty() ? context : NamedServer.of(context, serverName);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /**
   * @param authority the CA's certificates as PEM; empty: what the JDK trusts
   * @param where the kubeconfig, for the message
   */
  static TrustManager[] trust(String authority, boolean insecure, String where) {
    if (insecure) {
      return new TrustManager[] {new TrustAnyone()};
    }
    try {
      KeyStore store = null;
      if (!authority.isEmpty()) {
        store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        int number = 0;
        for (Certificate certificate : Pem.certificates(authority)) {
          store.setCertificateEntry("ca" + number++, certificate);
        }
        if (number == 0) {
          throw new GeneralSecurityException("there is no certificate in it");
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new Failure(
          Failure.Kind.USAGE, "The certificate authority in " + where + " cannot be used.", e);
    }
  }

  /** Null without a certificate. */
  static KeyManager[] keys(String certificate, String key, String where) {
    if (certificate.isEmpty() || key.isEmpty()) {
      return null;
    }
    try {
      Collection<? extends Certificate> chain = Pem.certificates(certificate);
      if (chain.isEmpty()) {
        throw new GeneralSecurityException("there is no certificate in it");
      }
      String algorithm = chain.iterator().next().getPublicKey().getAlgorithm();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          "client", Pem.key(key, algorithm), NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The client certificate or its key in "
              + where
              + " cannot be used: "
              + e.getMessage()
              + ".",
          e);
    }
  }

  /** What "insecure-skip-tls-verify" asks for, and nothing else uses. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
