package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.SignIn;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.contexts.Kubeconfig.Entry;
import dev.muster.daemon.kubernetes.contexts.LoginRecords.Made;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One login with a token: a cluster, a user and a context in a kubeconfig, named as the server's
 * host and the user are. Entries that say the same already are used again.
 */
final class TokenLogin {
  private static final String TOKEN = "token";

  private final Kubeconfig there;
  private final Kubeconfig all;
  private final Path file;
  private final String token;
  private final List<String> warnings = new ArrayList<>();

  private final String server;
  private final String clusterName;
  private final ObjectNode cluster;

  private TokenLogin(Contexts contexts, Caller caller, Target target, SignIn.Login login) {
    this.file = contexts.editable(caller, target);
    this.there = contexts.read(file);
    this.all = contexts.merged(caller, target, there);
    this.token = checked(login.token());
    this.server = login.server().isEmpty() ? present(target) : normal(login.server());
    this.clusterName = clusterName();
    this.cluster = cluster(caller, login);
  }

  /** Verifies it, and writes it down then. */
  static SignIn.LoggedIn of(
      Contexts contexts, Verifier verifier, Caller caller, Target target, SignIn.Login login) {
    TokenLogin one = new TokenLogin(contexts, caller, target, login);
    Verifier.Identity identity = verifier.verify(one.access(caller));
    Made made = one.write(identity, target);
    LoginRecords.add(caller, made);
    return new SignIn.LoggedIn(
        one.server, identity.name(), made.context(), one.file.toString(), one.warnings);
  }

  /** Nothing of it is quoted: it is a secret, even if it is none that works. */
  private static String checked(String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new Failure(
          Failure.Kind.USAGE, "The token holds a space or another character that no token has.");
    }
    return token;
  }

  private String present(Target target) {
    String name = target.context().isEmpty() ? all.currentContext : target.context();
    Entry context = all.contexts.get(name);
    Entry known =
        context == null ? null : all.clusters.get(context.body().path("cluster").asText(""));
    if (known == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "There is no present server to log in to; name one with --server URL.");
    }
    return normal(known.body().path("server").asText(""));
  }

  private static String normal(String typed) {
    String url = typed.matches("(?i)[a-z]+://.*") ? typed : "https://" + typed;
    try {
      URI uri = URI.create(url);
      if (url.matches("(?i)https?://.*") && uri.getHost() != null && uri.getUserInfo() == null) {
        return url.replaceAll("/+$", "");
      }
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.Kind.USAGE, notUrl(typed), e);
    }
    throw new Failure(Failure.Kind.USAGE, notUrl(typed));
  }

  private static String notUrl(String typed) {
    return "--server: \""
        + typed.replaceFirst("//[^/@]*@", "//")
        + "\" is not a URL such as https://host:6443.";
  }

  private String clusterName() {
    for (Map.Entry<String, Entry> known : there.clusters.entrySet()) {
      String url = known.getValue().body().path("server").asText("").replaceAll("/+$", "");
      if (url.equals(server)) {
        return known.getKey();
      }
    }
    return free(host(), all.clusters);
  }

  private String host() {
    URI uri = URI.create(server);
    int port = uri.getPort() < 0 ? (server.startsWith("https") ? 443 : 80) : uri.getPort();
    return uri.getHost().replace('.', '-') + ":" + port;
  }

  private static String free(String name, Map<String, Entry> taken) {
    String free = name;
    for (int i = 2; taken.containsKey(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private ObjectNode cluster(Caller caller, SignIn.Login login) {
    Entry known = there.clusters.get(clusterName);
    ObjectNode body =
        known != null && known.body() instanceof ObjectNode old
            ? old.deepCopy()
            : Yaml.JSON.createObjectNode().put("server", server);
    Trust.set(body, caller, login);
    if (body.path(Trust.INSECURE).asBoolean()) {
      warnings.add(
          "The certificate of "
              + server
              + " is not checked: whoever is in between can read the token.");
    }
    return body;
  }

  private ObjectNode user() {
    return Yaml.JSON.createObjectNode().put(TOKEN, token);
  }

  private Access access(Caller caller) {
    String name = "login";
    ObjectNode context = Yaml.JSON.createObjectNode().put("cluster", name).put("user", name);
    Kubeconfig alone =
        new Kubeconfig(
            List.of(file),
            Map.of(name, new Entry(file, cluster)),
            Map.of(name, new Entry(file, user())),
            Map.of(name, new Entry(file, context)),
            name);
    return new AccessBuilder(alone, name, caller.environment(), "").build();
  }

  private Made write(Verifier.Identity identity, Target target) {
    String who = identity.name().isEmpty() ? TOKEN : identity.name();
    String userName = userName(who + "/" + clusterName);
    String contextName = contextName(target, userName, who + "@" + clusterName);
    ObjectNode context = context(contextName, userName, target.namespace());
    List<String> made = new ArrayList<>();
    if (!there.clusters.containsKey(clusterName)) {
      made.add("clusters");
    }
    if (!there.users.containsKey(userName)) {
      made.add("users");
    }
    if (!there.contexts.containsKey(contextName)) {
      made.add("contexts");
    }
    new KubeconfigFile(file)
        .change(
            text -> {
              KubeconfigText changed = new KubeconfigText(text, file.toString());
              changed = put(changed, "clusters", "cluster", clusterName, cluster, there.clusters);
              changed = put(changed, "users", "user", userName, user(), there.users);
              changed = put(changed, "contexts", "context", contextName, context, there.contexts);
              return changed.current(contextName).text();
            });
    String previous = there.currentContext.equals(contextName) ? "" : there.currentContext;
    return new Made(file.toString(), server, contextName, clusterName, userName, previous, made);
  }

  private static KubeconfigText put(
      KubeconfigText text,
      String list,
      String key,
      String name,
      ObjectNode body,
      Map<String, Entry> there) {
    Entry known = there.get(name);
    return known != null && known.body().equals(body) ? text : text.put(list, key, name, body);
  }

  /** One that has another credential is somebody else's. */
  private String userName(String wanted) {
    Entry known = there.users.get(wanted);
    boolean ours =
        known != null && known.body().size() == 1 && known.body().path(TOKEN).isTextual();
    return ours ? wanted : free(wanted, all.users);
  }

  private String contextName(Target target, String userName, String wanted) {
    if (!target.context().isEmpty()) {
      return target.context();
    }
    for (Map.Entry<String, Entry> known : there.contexts.entrySet()) {
      JsonNode body = known.getValue().body();
      if (body.path("cluster").asText("").equals(clusterName)
          && body.path("user").asText("").equals(userName)) {
        return known.getKey();
      }
    }
    return free(wanted, all.contexts);
  }

  private ObjectNode context(String name, String userName, String namespace) {
    Entry known = there.contexts.get(name);
    ObjectNode body =
        known != null && known.body() instanceof ObjectNode old
            ? old.deepCopy()
            : Yaml.JSON.createObjectNode();
    body.put("cluster", clusterName).put("user", userName);
    Entry current = there.contexts.get(there.currentContext);
    if (known == null
        && current != null
        && current.body().path("cluster").asText("").equals(clusterName)
        && current.body().hasNonNull("namespace")) {
      body.set("namespace", current.body().path("namespace")); // the same server as before
    }
    if (!namespace.isEmpty()) {
      body.put("namespace", namespace);
    }
    return body;
  }
}
