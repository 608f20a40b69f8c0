package dev.muster.daemon.kubernetes.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTextTest {
  private static final String FILE =
      """
      # of the lab: ask Grace before you change it \u00e9\ud83d\ude80
      apiVersion: v1
      kind: Config
      clusters:
      # the old one
      - name: old   # since 2019
        cluster:
          server: https://old:6443   # behind the VPN
          certificate-authority: ca.pem

      - cluster: {server: "https://new:6443"}
        name: new
      users:
        - name: grace
          user:
            token: one   # of October
        # robots below
        - name: robot
          user: {token: two}
      contexts:
      - context:
          cluster: old
          user: grace
        name: work
      # which one
      current-context: work   # mostly
      preferences: {}
      """;

  private static KubeconfigText of(String text) {
    return new KubeconfigText(text, "config");
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Yaml.fromJson(json);
  }

  private static ObjectNode token(String token) {
    return Yaml.JSON.createObjectNode().put("token", token);
  }

  @Test
  void a_token_is_replaced_in_its_place() {
    assertThat(of(FILE).put("users", "user", "grace", token("three")).text())
        .isEqualTo(FILE.replace("token: one ", "token: three "));
    assertThat(of(FILE).put("users", "user", "robot", token("a: b")).text())
        .isEqualTo(FILE.replace("{token: two}", "{token: \"a: b\"}"));
  }

  @Test
  void a_new_entry_comes_last_and_nothing_else_changes() {
    assertThat(of(FILE).put("users", "user", "alice", token("x")).text())
        .isEqualTo(
            FILE.replace(
                "    user: {token: two}\n",
                "    user: {token: two}\n  - name: alice\n    user:\n      token: x\n"));
    assertThat(
            of(FILE).put("clusters", "cluster", "c", object("{\"server\":\"https://c\"}")).text())
        .isEqualTo(
            FILE.replace(
                "  name: new\n", "  name: new\n- name: c\n  cluster:\n    server: https://c\n"));
  }

  @Test
  void another_body_takes_the_place_of_the_old_one() {
    assertThat(
            of(FILE)
                .put("clusters", "cluster", "old", object("{\"server\":\"https://moved\"}"))
                .text())
        .isEqualTo(
            FILE.replace(
                "server: https://old:6443   # behind the VPN\n    certificate-authority: ca.pem",
                "{\"server\":\"https://moved\"}"));
  }

  @Test
  void an_entry_goes_with_its_own_lines_only() {
    assertThat(of(FILE).remove("clusters", "old").text())
        .isEqualTo(
            FILE.replace(
                """
                - name: old   # since 2019
                  cluster:
                    server: https://old:6443   # behind the VPN
                    certificate-authority: ca.pem
                """,
                ""));
    assertThat(of(FILE).remove("users", "robot").text())
        .isEqualTo(FILE.replace("  - name: robot\n    user: {token: two}\n", ""));
    assertThat(of(FILE).remove("contexts", "work").text())
        .isEqualTo(
            FILE.replace(
                "contexts:\n- context:\n    cluster: old\n    user: grace\n  name: work\n",
                "contexts: []\n"));
    assertThat(of(FILE).remove("users", "nobody").text()).isEqualTo(FILE);
  }

  @Test
  void the_current_context_is_one_word() {
    assertThat(of(FILE).current("other").text())
        .isEqualTo(FILE.replace("current-context: work ", "current-context: other "));
    assertThat(of(FILE).current("").text())
        .isEqualTo(FILE.replace("current-context: work ", "current-context: \"\" "));
    assertThat(of("a: b\n").current("x:y").text()).isEqualTo("a: b\ncurrent-context: \"x:y\"\n");
    assertThat(of("current-context:\na: b").current("no").text())
        .isEqualTo("current-context: \"no\"\na: b\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "users:\n", "users: []\n", "users: null # none\n", "kind: Config"})
  void a_list_begins_where_there_is_none(String before) {
    String after = of(before).put("users", "user", "alice", token("x")).text();

    assertThat(
            Yaml.json(
                Yaml.parse(after.getBytes(java.nio.charset.StandardCharsets.UTF_8), "t")
                    .path("users")))
        .isEqualTo("[{\"name\":\"alice\",\"user\":{\"token\":\"x\"}}]");
  }

  @Test
  void a_file_in_json_stays_json() {
    String json =
        "{\"kind\": \"Config\", \"users\": [{\"name\": \"a\", \"user\": {\"token\": \"1\"}}], \"contexts\": []}\n";
    KubeconfigText text =
        of(json)
            .put("users", "user", "b", token("2"))
            .put("contexts", "context", "c", object("{\"user\":\"b\"}"))
            .put("clusters", "cluster", "d", object("{\"server\":\"https://d\"}"))
            .current("c");

    assertThat(Yaml.fromJson(text.text()))
        .isEqualTo(
            Yaml.fromJson(
                "{\"kind\":\"Config\",\"users\":[{\"name\":\"a\",\"user\":{\"token\":\"1\"}},{\"name\":\"b\",\"user\":{\"token\":\"2\"}}],"
                    + "\"contexts\":[{\"name\":\"c\",\"context\":{\"user\":\"b\"}}],\"clusters\":[{\"name\":\"d\",\"cluster\":{\"server\":\"https://d\"}}],"
                    + "\"current-context\":\"c\"}"
                        .replace("\"current-context\":\"c\"", "\"current-context\": \"c\"")));
    assertThat(text.remove("users", "b").remove("users", "a").text()).contains("\"users\": []");
    assertThat(text.remove("users", "a").text()).contains("\"users\": [{\"name\":\"b\"");
    assertThat(of("{}").current("x").text()).startsWith("{").contains("current-context");
  }

  @Test
  void lines_that_end_as_on_windows_still_do() {
    String windows = FILE.replace("\n", "\r\n");

    assertThat(of(windows).put("users", "user", "alice", token("x")).text())
        .isEqualTo(of(FILE).put("users", "user", "alice", token("x")).text().replace("\n", "\r\n"));
    assertThat(of(windows).remove("users", "grace").text())
        .isEqualTo(of(FILE).remove("users", "grace").text().replace("\n", "\r\n"));
  }

  @Test
  void an_entry_without_a_body_gets_one() {
    assertThat(of("users:\n- name: a\n").put("users", "user", "a", token("x")).text())
        .isEqualTo("users:\n- {\"name\":\"a\",\"user\":{\"token\":\"x\"}}\n");
    assertThat(of("users:\n- name: a\n  user:\n").put("users", "user", "a", token("x")).text())
        .isEqualTo("users:\n- name: a\n  user: {\"token\":\"x\"}\n");
  }

  @Test
  void a_form_that_cannot_be_changed_safely_is_refused() {
    String aliases =
        "users:\n- &one\n  name: a\n  user: {token: t}\n- *one\n- name: c\n  user: {token: u}\n";
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                of(aliases.replace("- *one\n- name: c\n  user: {token: u}\n", "- *one\n"))
                    .put("users", "user", "b", token("x")));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    assertThat(failure).hasMessageStartingWith("config is of a form that muster does not change");
    assertThat(catchThrowableOfType(Failure.class, () -> of("- a\n").current("x")))
        .hasMessageContaining("is not a kubeconfig");
  }
}
