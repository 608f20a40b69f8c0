package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Nearest;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.contexts.Kubeconfig.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes an {@link Access} of one context of a kubeconfig and of what the caller's environment adds.
 */
final class AccessBuilder {
  /** Variables that decide which account a credential plugin uses. */
  private static final Set<String> SELECTING =
      Set.of(
          "AWS_PROFILE",
          "AWS_ACCESS_KEY_ID",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_ROLE_ARN",
          "AZURE_CONFIG_DIR",
          "CLOUDSDK_CONFIG",
          "CLOUDSDK_ACTIVE_CONFIG_NAME",
          "HOME");

  private final Kubeconfig kubeconfig;
  private final String name;
  private final Map<String, String> environment;
  private final String as;
  private boolean readsFiles;

  /**
   * @param as the user to act as; empty: as the kubeconfig says
   */
  AccessBuilder(Kubeconfig kubeconfig, String name, Map<String, String> environment, String as) {
    this.kubeconfig = kubeconfig;
    this.name = name;
    this.environment = environment;
    this.as = as;
  }

  /** Whether files beside the kubeconfig were read, so that the result cannot be kept. */
  boolean readsFiles() {
    return readsFiles;
  }

  Access build() {
    Entry context = kubeconfig.contexts.get(name);
    if (context == null) {
      throw unknownContext();
    }
    String clusterName = context.body().path("cluster").asText("");
    String userName = context.body().path("user").asText("");
    Entry cluster = kubeconfig.clusters.get(clusterName);
    if (cluster == null) {
      throw usage("The context " + name + " uses the cluster \"" + clusterName + "\"", context);
    }
    Entry user = kubeconfig.users.get(userName);
    if (user == null && !userName.isEmpty()) {
      throw usage("The context " + name + " uses the user \"" + userName + "\"", context);
    }
    String server = server(cluster);
    boolean insecure = cluster.body().path("insecure-skip-tls-verify").asBoolean();
    String authority =
        insecure ? "" : pem(cluster, "certificate-authority", "certificate-authority-data");
    String tlsServerName = cluster.body().path("tls-server-name").asText("");
    Login login = user == null ? Login.ANONYMOUS : login(user, userName, server, authority);
    Map<String, List<String>> impersonation =
        !as.isEmpty() ? impersonation(as) : user == null ? Map.of() : impersonation(user.body());
    String who;
    try {
      who = Digests.user(login);
    } catch (CertificateException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The client certificate of the user "
              + userName
              + " in "
              + user.file()
              + " is not a certificate.",
          e);
    }
    String identity =
        Digests.of(
            server + tlsServerName,
            insecure ? "insecure" : authority.strip(),
            who,
            impersonation.toString());
    String proxy =
        Proxies.of(
            cluster.body().path("proxy-url").asText(""),
            "the cluster " + clusterName + " in " + cluster.file(),
            server,
            environment);
    String digest =
        Digests.of(
            identity,
            tlsServerName,
            proxy,
            login.certificate(),
            login.key(),
            login.token(),
            login.password(),
            login.exec() == null ? "" : new TreeMap<>(login.exec().environment()).toString());
    return new Access(
        name,
        kubeconfig.where(),
        server,
        authority,
        insecure,
        tlsServerName,
        proxy,
        login,
        impersonation,
        userName,
        context.body().path("namespace").asText(""),
        identity,
        digest);
  }

  private Failure unknownContext() {
    List<String> names = List.copyOf(kubeconfig.contexts.keySet());
    List<String> near = Nearest.to(name, names);
    String known = names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
    return new Failure(
        Failure.Kind.USAGE,
        "There is no context \""
            + name
            + "\" in "
            + kubeconfig.where()
            + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?")
            + (near.isEmpty() ? ": " + known + "." : " (" + known + ")"));
  }

  private static Failure usage(String what, Entry context) {
    return new Failure(
        Failure.Kind.USAGE, what + ", which is not in the kubeconfig (" + context.file() + ").");
  }

  private static String server(Entry cluster) {
    String server = cluster.body().path("server").asText("").strip();
    if (!server.toLowerCase(Locale.ROOT).matches("https?://[^/\\s]+.*")) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The server \""
              + server
              + "\" in "
              + cluster.file()
              + " is not a URL such as https://host:6443.");
    }
    return server.replaceAll("/+$", "");
  }

  private Login login(Entry user, String userName, String server, String authority) {
    JsonNode body = user.body();
    if (body.has("auth-provider")) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The user "
              + userName
              + " in "
              + user.file()
              + " uses an auth-provider, which Kubernetes has removed; use an exec plugin instead.");
    }
    Path tokenFile = user.path("tokenFile").orElse(null);
    String token = body.path("token").asText("").strip();
    if (tokenFile != null) {
      token = read(tokenFile, user).strip();
    }
    return new Login(
        pem(user, "client-certificate", "client-certificate-data"),
        pem(user, "client-key", "client-key-data"),
        token,
        tokenFile,
        body.path("username").asText(""),
        body.path("password").asText(""),
        body.path("exec").isObject() ? exec(user, userName, server, authority) : null);
  }

  private Login.Exec exec(Entry user, String userName, String server, String authority) {
    JsonNode exec = user.body().path("exec");
    String command = exec.path("command").asText("");
    if (command.indexOf('/') >= 0) {
      command = user.file().resolveSibling(command).toString();
    }
    List<String> args = new ArrayList<>();
    exec.path("args").forEach(arg -> args.add(arg.asText()));
    Map<String, String> all = new TreeMap<>(environment);
    Map<String, String> selecting = new TreeMap<>(environment);
    selecting.keySet().retainAll(SELECTING);
    for (JsonNode variable : exec.path("env")) {
      all.put(variable.path("name").asText(), variable.path("value").asText());
      selecting.put(variable.path("name").asText(), variable.path("value").asText());
    }
    String apiVersion = exec.path("apiVersion").asText("client.authentication.k8s.io/v1");
    ObjectNode info = Yaml.JSON.createObjectNode();
    info.put("kind", "ExecCredential").put("apiVersion", apiVersion);
    ObjectNode spec = info.putObject("spec").put("interactive", false);
    if (exec.path("provideClusterInfo").asBoolean()) {
      spec.putObject("cluster")
          .put("server", server)
          .put(
              "certificate-authority-data",
              Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8)));
    }
    return new Login.Exec(
        apiVersion,
        command,
        args,
        all,
        selecting.toString(),
        exec.path("interactiveMode").asText("IfAvailable"),
        exec.path("installHint").asText("").strip(),
        Yaml.json(info),
        userName);
  }

  /** As kubectl's --as: the kubeconfig's own impersonation is about somebody else. */
  static Map<String, List<String>> impersonation(String as) {
    if (as.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new Failure(
          Failure.Kind.USAGE, "--as: the name of a user cannot have control characters in it.");
    }
    return as.isEmpty() ? Map.of() : Map.of("Impersonate-User", List.of(as));
  }

  private static Map<String, List<String>> impersonation(JsonNode user) {
    Map<String, List<String>> headers = new TreeMap<>();
    if (user.hasNonNull("as")) {
      headers.put("Impersonate-User", List.of(user.path("as").asText()));
    }
    if (user.hasNonNull("as-uid")) {
      headers.put("Impersonate-Uid", List.of(user.path("as-uid").asText()));
    }
    if (user.path("as-groups").isArray()) {
      headers.put("Impersonate-Group", texts(user.path("as-groups")));
    }
    user.path("as-user-extra")
        .properties()
        .forEach(e -> headers.put("Impersonate-Extra-" + e.getKey(), texts(e.getValue())));
    return headers;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** kubectl's rule: the data wins over the file. */
  private String pem(Entry entry, String fileField, String dataField) {
    String data = entry.body().path(dataField).asText("");
    if (!data.isEmpty()) {
      try {
        return new String(
            Base64.getDecoder().decode(data.replaceAll("\\s", "")), StandardCharsets.US_ASCII);
      } catch (IllegalArgumentException e) {
        throw new Failure(
            Failure.Kind.USAGE, "\"" + dataField + "\" in " + entry.file() + " is not base64.", e);
      }
    }
    return entry.path(fileField).map(file -> read(file, entry)).orElse("");
  }

  private String read(Path file, Entry entry) {
    readsFiles = true;
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The file " + file + ", named by " + entry.file() + ", cannot be read.",
          e);
    }
  }
}
