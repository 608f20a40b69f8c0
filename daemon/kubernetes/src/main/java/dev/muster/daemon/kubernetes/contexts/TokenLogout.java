package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.contexts.Kubeconfig.Entry;
import dev.muster.daemon.kubernetes.contexts.LoginRecords.Made;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes back what a {@link TokenLogin} did. */
final class TokenLogout {
  private TokenLogout() {}

  /** Takes out what is not used by anything else, and the token in any case. */
  static void undo(Made made) {
    Path file = Path.of(made.file());
    if (!Files.exists(file)) {
      return;
    }
    new KubeconfigFile(file)
        .change(
            text -> {
              Kubeconfig before =
                  KubeconfigReader.parse(file, text.getBytes(StandardCharsets.UTF_8));
              KubeconfigText changed = new KubeconfigText(text, made.file());
              boolean contextGoes = made.made().contains("contexts");
              if (before.contexts.containsKey(made.context()) && contextGoes) {
                changed = changed.remove("contexts", made.context());
              }
              changed =
                  made.made().contains("users") && !isUsed(before, "user", made.user(), made)
                      ? changed.remove("users", made.user())
                      : withoutToken(changed, before, made.user());
              if (made.made().contains("clusters")
                  && !isUsed(before, "cluster", made.cluster(), made)) {
                changed = changed.remove("clusters", made.cluster());
              }
              if (contextGoes && before.currentContext.equals(made.context())) {
                boolean still = before.contexts.containsKey(made.previous());
                changed = changed.current(still ? made.previous() : "");
              }
              return changed.text();
            });
  }

  private static boolean isUsed(Kubeconfig config, String field, String name, Made made) {
    boolean contextStays = !made.made().contains("contexts");
    return config.contexts.entrySet().stream()
        .anyMatch(
            entry ->
                (contextStays || !entry.getKey().equals(made.context()))
                    && entry.getValue().body().path(field).asText("").equals(name));
  }

  private static KubeconfigText withoutToken(KubeconfigText text, Kubeconfig before, String user) {
    Entry known = before.users.get(user);
    if (known == null || !(known.body() instanceof ObjectNode body) || !body.has("token")) {
      return text;
    }
    ObjectNode rest = body.deepCopy();
    rest.remove("token");
    return text.put("users", "user", user, rest);
  }
}
