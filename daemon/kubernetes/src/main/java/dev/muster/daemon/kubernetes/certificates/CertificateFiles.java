package dev.muster.daemon.kubernetes.certificates;

import dev.muster.daemon.core.ClientCertificates.Kept;
import dev.muster.daemon.core.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The certificates that somebody keeps, where codeflare-sdk keeps them and by the same names:
 * CLUSTER-NAMESPACE/ca.crt, tls.crt and tls.key in $CODEFLARE_TLS_DIR, else in codeflare/tls of the
 * user's data. Nobody else can look into them. Files that it did not make stay.
 */
public final class CertificateFiles {
  private static final String AUTHORITY = "ca.crt";
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  /** A certificate that ends sooner is not worth to be begun with. */
  private static final Duration WORTH = Duration.ofHours(1);

  private static final Pattern SERVICE = Pattern.compile("(.+)-head-svc\\.([^.]+)\\.svc");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path base;

  private CertificateFiles(Path base) {
    this.base = base;
  }

  /**
   * @param directory what a relative path is relative to
   */
  public static CertificateFiles of(Path directory, Map<String, String> environment) {
    String given = environment.getOrDefault("CODEFLARE_TLS_DIR", "");
    if (!given.isEmpty()) {
      return new CertificateFiles(directory.resolve(given).normalize());
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    // By the XDG specification a relative path is to be ignored.
    Path root =
        data.startsWith("/")
            ? Path.of(data)
            : Path.of(environment.getOrDefault("HOME", "/")).resolve(".local/share");
    return new CertificateFiles(root.resolve("codeflare").resolve("tls"));
  }

  /** What tells Ray's client to use the files of a directory. */
  public static Map<String, String> environment(Path directory) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("RAY_USE_TLS", "1");
    variables.put("RAY_TLS_SERVER_CERT", directory.resolve(CERTIFICATE).toString());
    variables.put("RAY_TLS_SERVER_KEY", directory.resolve(KEY).toString());
    variables.put("RAY_TLS_CA_CERT", directory.resolve(AUTHORITY).toString());
    return variables;
  }

  /** The kept one, if it is that cluster's, by that authority, and good for a while. */
  public Optional<Kept> good(Authority authority, String cluster, String namespace, Instant now) {
    Path directory = directory(cluster, namespace);
    try {
      if (!Files.isReadable(directory.resolve(KEY))
          || !Files.readString(directory.resolve(AUTHORITY)).equals(authority.pem())) {
        return Optional.empty();
      }
      X509Certificate certificate = read(directory);
      certificate.verify(authority.certificate().getPublicKey());
      Kept kept = kept(directory, certificate, now);
      boolean good =
          kept.cluster().equals(cluster)
              && kept.namespace().equals(namespace)
              && kept.ends().isAfter(now.plus(WORTH));
      return good ? Optional.of(kept) : Optional.empty();
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes a new one in the place of what is there.
   *
   * @throws Failure USAGE if the files cannot be written
   */
  public Kept make(
      Authority authority, String cluster, String namespace, Instant now, Duration lasting) {
    Path directory = directory(cluster, namespace);
    Minting minted = Minting.by(authority, cluster, namespace, now, lasting);
    try {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.setPosixFilePermissions(directory, OWNER_ONLY);
      // Last and first, since without it the others are not taken for a whole.
      Files.deleteIfExists(directory.resolve(CERTIFICATE));
      write(directory, AUTHORITY, authority.pem());
      write(directory, KEY, minted.key());
      write(directory, CERTIFICATE, minted.certificate());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The certificate cannot be kept in "
              + directory
              + ": "
              + e.getMessage()
              + ". Name a directory of your own in CODEFLARE_TLS_DIR.",
          e);
    }
    return new Kept(cluster, namespace, directory, minted.ends(), false);
  }

  private static void write(Path directory, String name, String text) throws IOException {
    // Made for its owner only from the beginning, whatever the umask says.
    Path file =
        Files.createTempFile(
            directory,
            "." + name,
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
    Files.move(
        file,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** All, by directory. */
  public List<Kept> all(Instant now) {
    List<Kept> all = new ArrayList<>();
    if (!Files.isDirectory(base)) {
      return all;
    }
    try (Stream<Path> directories = Files.list(base)) {
      directories
          .filter(directory -> Files.exists(directory.resolve(CERTIFICATE)))
          .sorted()
          .forEach(directory -> all.add(kept(directory, now)));
    } catch (IOException e) {
      throw new Failure(Failure.Kind.USAGE, "The directory " + base + " cannot be read.", e);
    }
    return all;
  }

  /** The one of that cluster, also if it cannot be read. */
  public Optional<Kept> find(String cluster, String namespace, Instant now) {
    Path directory = directory(cluster, namespace);
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    Kept kept = kept(directory, now);
    boolean its = kept.cluster().equals(cluster) && kept.namespace().equals(namespace);
    // a-b of c and a of b-c have the same directory.
    return its || kept.ends() == null
        ? Optional.of(new Kept(cluster, namespace, directory, kept.ends(), kept.expired()))
        : Optional.empty();
  }

  /** Removes the files, and the directory if nothing else is in it. */
  public void remove(Kept kept) {
    Path directory = kept.directory();
    try {
      for (String name : List.of(KEY, CERTIFICATE, AUTHORITY)) {
        Files.deleteIfExists(directory.resolve(name));
      }
      boolean empty;
      try (DirectoryStream<Path> rest = Files.newDirectoryStream(directory)) {
        empty = !rest.iterator().hasNext();
      }
      if (empty) {
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.FAILED, directory + " cannot be removed: " + e.getMessage() + ".", e);
    }
  }

  private Path directory(String cluster, String namespace) {
    return base.resolve(cluster + "-" + namespace);
  }

  private static Kept kept(Path directory, Instant now) {
    try {
      return kept(directory, read(directory), now);
    } catch (IOException | GeneralSecurityException e) {
      return guessed(directory, null, false);
    }
  }

  private static Kept kept(Path directory, X509Certificate certificate, Instant now)
      throws GeneralSecurityException {
    Instant ends = certificate.getNotAfter().toInstant();
    boolean expired = !ends.isAfter(now);
    var names = certificate.getSubjectAlternativeNames();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      Matcher service = SERVICE.matcher(String.valueOf(name.get(1)));
      if (service.matches()) {
        return new Kept(service.group(1), service.group(2), directory, ends, expired);
      }
    }
    return guessed(directory, ends, expired);
  }

  /** By the directory's name alone, as codeflare-sdk does: the namespace is what has no hyphen. */
  private static Kept guessed(Path directory, Instant ends, boolean expired) {
    String name = directory.getFileName().toString();
    int hyphen = name.lastIndexOf('-');
    return new Kept(
        hyphen < 0 ? name : name.substring(0, hyphen),
        hyphen < 0 ? "" : name.substring(hyphen + 1),
        directory,
        ends,
        expired);
  }

  /** The directory that all are in. */
  @Override
  public String toString() {
    return base.toString();
  }

  private static X509Certificate read(Path directory) throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(directory.resolve(CERTIFICATE));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }
}
