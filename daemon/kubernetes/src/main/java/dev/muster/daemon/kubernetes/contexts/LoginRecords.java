package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What logins did, so that a logout can take it back, and the kubeconfig that was chosen with one.
 * It is kept with the user's configuration ("muster/logins.json"), since it must outlive every
 * daemon and its state; it holds names and no secret.
 */
final class LoginRecords {
  private static final String CHOSEN = "kubeconfig";
  private static final String SERVER = "server";
  private static final String LOGINS = "logins";

  /**
   * One token login.
   *
   * @param file that was written
   * @param previous the current context before; empty if there was none
   * @param made which of "clusters", "users" and "contexts" have an entry that was not there before
   */
  record Made(
      String file,
      String server,
      String context,
      String cluster,
      String user,
      String previous,
      List<String> made) {
    private boolean isAgain(Made older) {
      return older.file.equals(file)
          && older.context.equals(context)
          && older.cluster.equals(cluster)
          && older.user.equals(user);
    }

    private Made with(Made older) {
      List<String> all = new ArrayList<>(older.made);
      made.stream().filter(list -> !all.contains(list)).forEach(all::add);
      String before = previous.isEmpty() ? older.previous : previous;
      return new Made(file, server, context, cluster, user, before, all);
    }
  }

  /**
   * @param server the one that it led to then
   */
  record Chosen(Path file, String server) {}

  private LoginRecords() {}

  /** The kubeconfig that a login chose. */
  static Optional<Chosen> chosen(Map<String, String> environment) {
    return place(environment)
        .map(LoginRecords::read)
        .filter(tree -> !tree.path(CHOSEN).asText("").isEmpty())
        .map(tree -> new Chosen(Path.of(tree.path(CHOSEN).asText()), tree.path(SERVER).asText("")));
  }

  /**
   * @param chosen null: none any more
   */
  static void choose(Caller caller, Chosen chosen) {
    change(
        caller,
        tree -> {
          tree.remove(List.of(CHOSEN, SERVER));
          if (chosen != null) {
            tree.put(CHOSEN, chosen.file().toString()).put(SERVER, chosen.server());
          }
        });
  }

  /** The newest last. */
  static List<Made> all(Caller caller) {
    List<Made> all = new ArrayList<>();
    place(caller.environment())
        .map(LoginRecords::read)
        .ifPresent(tree -> tree.path(LOGINS).forEach(one -> all.add(made(one))));
    return all;
  }

  /** What an earlier login to the same made is still ours. */
  static void add(Caller caller, Made made) {
    Made whole =
        all(caller).stream().filter(made::isAgain).findFirst().map(made::with).orElse(made);
    change(caller, tree -> without(tree, made).add(node(whole)));
  }

  static void remove(Caller caller, Made made) {
    change(caller, tree -> without(tree, made));
  }

  private static ArrayNode without(ObjectNode tree, Made made) {
    ArrayNode kept = Yaml.JSON.createArrayNode();
    for (JsonNode one : tree.path(LOGINS)) {
      Made other = made(one);
      if (!other.file().equals(made.file()) || !other.context().equals(made.context())) {
        kept.add(one);
      }
    }
    tree.set(LOGINS, kept);
    return kept;
  }

  private static Made made(JsonNode one) {
    List<String> lists = new ArrayList<>();
    one.path("made").forEach(list -> lists.add(list.asText()));
    return new Made(
        one.path("file").asText(""),
        one.path(SERVER).asText(""),
        one.path("context").asText(""),
        one.path("cluster").asText(""),
        one.path("user").asText(""),
        one.path("previous").asText(""),
        lists);
  }

  private static ObjectNode node(Made made) {
    ObjectNode node = Yaml.JSON.createObjectNode();
    node.put("file", made.file()).put(SERVER, made.server()).put("context", made.context());
    node.put("cluster", made.cluster()).put("user", made.user()).put("previous", made.previous());
    made.made().forEach(node.putArray("made")::add);
    return node;
  }

  private static void change(Caller caller, Consumer<ObjectNode> change) {
    place(caller.environment())
        .ifPresent(
            file ->
                new KubeconfigFile(file)
                    .change(
                        text -> {
                          ObjectNode tree = parse(text);
                          change.accept(tree);
                          return Yaml.json(tree) + "\n";
                        }));
  }

  private static ObjectNode read(Path file) {
    try {
      return parse(Files.exists(file) ? Files.readString(file) : "");
    } catch (IOException e) {
      return parse("");
    }
  }

  /** A file that is damaged says nothing: what it held can be had again by another login. */
  private static ObjectNode parse(String text) {
    try {
      return Yaml.JSON.readTree(text) instanceof ObjectNode tree
          ? tree
          : Yaml.JSON.createObjectNode();
    } catch (IOException e) {
      return Yaml.JSON.createObjectNode();
    }
  }

  private static Optional<Path> place(Map<String, String> environment) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (config.isEmpty() && home.isEmpty()) {
      return Optional.empty();
    }
    Path folder = config.isEmpty() ? Path.of(home, ".config") : Path.of(config);
    return Optional.of(folder.resolve("muster").resolve("logins.json"));
  }
}
