package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeEnvTest {
  @TempDir Path directory;

  private Path file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }

  private static RuntimeEnv env(String text) {
    return RuntimeEnv.parse(text, "--runtime-env-json");
  }

  @Test
  void a_file_of_yaml_and_one_of_json_say_the_same() throws Exception {
    RuntimeEnv yaml = RuntimeEnv.read(file("env.yaml", "pip: [torch]\nenv_vars:\n  A: b\n"));
    RuntimeEnv json =
        RuntimeEnv.read(file("env.json", "{\"pip\": [\"torch\"], \"env_vars\": {\"A\": \"b\"}}"));

    assertThat(yaml.json()).isEqualTo(json.json());
    assertThat(yaml.json().toString())
        .isEqualTo("{\"pip\":[\"torch\"],\"env_vars\":{\"A\":\"b\"}}");
  }

  @Test
  void an_empty_file_says_nothing() throws Exception {
    assertThat(RuntimeEnv.read(file("env.yaml", "")).json()).isEmpty();
    assertThat(RuntimeEnv.read(file("env.yaml", "# nothing\n")).json()).isEmpty();
    assertThat(RuntimeEnv.none().json()).isEmpty();
  }

  @Test
  void a_file_that_is_missing_or_no_text_is_named() throws Exception {
    Path missing = directory.resolve("missing.yaml");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});

    assertThatThrownBy(() -> RuntimeEnv.read(missing))
        .isInstanceOf(Failure.class)
        .hasMessage("there is no runtime environment " + missing + ": name a file that is there.");
    assertThatThrownBy(() -> RuntimeEnv.read(binary))
        .hasMessage(
            "the runtime environment " + binary + " cannot be read: it is no text in UTF-8.");
    assertThatThrownBy(() -> RuntimeEnv.read(directory)).hasMessageContaining("cannot be read");
  }

  @Test
  void a_mistake_is_said_with_its_line_and_without_its_text() throws Exception {
    Path file = file("env.yaml", "pip: [a]\nenv_vars:\n  A: \"canary\n");
    Path twice = file("twice.yaml", "env_vars:\n  A: canary\n  A: canary\n");

    assertThatThrownBy(() -> RuntimeEnv.read(file))
        .isInstanceOf(Failure.class)
        .hasMessageMatching("\\Q" + file + "\\E, line \\d+: this is neither YAML nor JSON\\.");
    assertThatThrownBy(() -> RuntimeEnv.read(twice))
        .hasMessage(twice + ", line 3: a field stands there for the second time.");
    assertThatThrownBy(() -> env("a: 1\n---\nb: 2\n"))
        .hasMessage("--runtime-env-json holds more than one document: give one.");
  }

  @Test
  void what_ray_would_refuse_is_refused_before() {
    assertThatThrownBy(() -> env("[1]"))
        .hasMessageStartingWith("--runtime-env-json must be fields");
    assertThatThrownBy(() -> env("env_vars: [a]"))
        .hasMessage("--runtime-env-json: env_vars must be names and values.");
    assertThatThrownBy(() -> env("env_vars: {A: 1234}"))
        .hasMessage(
            "--runtime-env-json: the value of A in env_vars must be text: put it in quotes.");
    assertThatThrownBy(() -> env("excludes: x"))
        .hasMessage("--runtime-env-json: excludes must be a list of patterns.");
    assertThatThrownBy(() -> env("excludes: [1]")).isInstanceOf(Failure.class);
  }

  @Test
  void options_are_laid_over_it() {
    RuntimeEnv env =
        env("{working_dir: x, pip: [a], env_vars: {A: a, B: b}, config: {x: 1}}")
            .withWorkingDir("y")
            .withPip(List.of("c"))
            .withEnv(Map.of("B", "c"))
            .withEnv(Map.of());

    assertThat(env.json().toString())
        .isEqualTo(
            "{\"working_dir\":\"y\",\"pip\":[\"a\",\"c\"],\"env_vars\":{\"A\":\"a\",\"B\":\"c\"},"
                + "\"config\":{\"x\":1}}");
    assertThat(env("{pip: {packages: [a], pip_check: false}}").withPip(List.of("b")).json())
        .hasToString("{\"pip\":{\"packages\":[\"a\",\"b\"],\"pip_check\":false}}");
    assertThatThrownBy(() -> env("pip: r.txt").withPip(List.of("b")))
        .hasMessageContaining("pip names the file r.txt");
  }

  @Test
  void a_requirements_file_is_its_packages() throws Exception {
    Path file = file("requirements.txt", "# ours\ntorch==2.0  # why\n\n--extra-index-url u#x\n");

    assertThat(RuntimeEnv.none().withRequirements(file).json())
        .hasToString("{\"pip\":[\"torch==2.0\",\"--extra-index-url u#x\"]}");
    assertThatThrownBy(() -> RuntimeEnv.none().withRequirements(directory))
        .hasMessage(directory + " is a directory, not a requirements file.");
  }

  @Test
  void files_that_it_names_are_sent_as_their_content() throws Exception {
    file("r.txt", "a\n");
    file("u.txt", "b\n");
    file("c.yml", "dependencies: [d]\n");

    RuntimeEnv env = env("{pip: r.txt, uv: {packages: u.txt}, conda: c.yml}").resolved(directory);

    assertThat(env.json())
        .hasToString(
            "{\"pip\":[\"a\"],\"uv\":{\"packages\":[\"b\"]},\"conda\":{\"dependencies\":[\"d\"]}}");
    assertThat(env("{conda: base, pip: [x]}").resolved(directory).json())
        .hasToString("{\"conda\":\"base\",\"pip\":[\"x\"]}");
    assertThatThrownBy(() -> env("pip: none.txt").resolved(directory))
        .hasMessage(
            "there is no requirements file "
                + directory.resolve("none.txt")
                + ": name a file that is there.");
  }

  @Test
  void modules_of_this_machine_are_told_from_uris() throws Exception {
    Path lib = Files.createDirectories(directory.resolve("lib"));
    Path one = file("one.py", "");
    Path wheel = file("w-1-py3-none-any.whl", "PK");
    RuntimeEnv env =
        env(
            "{py_modules: [lib, 'https://x/y.zip', ./one.py, w-1-py3-none-any.whl],"
                + " excludes: ['*.bin']}");

    assertThat(env.modules(directory))
        .containsExactly(
            new LocalModule(lib, List.of("*.bin")),
            new LocalModule(one, List.of()),
            new LocalArchive(wheel));
    assertThat(env.withModules(List.of("gcs://a", "gcs://b", "gcs://c")).json())
        .hasToString("{\"py_modules\":[\"gcs://a\",\"https://x/y.zip\",\"gcs://b\",\"gcs://c\"]}");
    assertThat(RuntimeEnv.none().modules(directory)).isEmpty();
  }

  @Test
  void what_is_no_module_is_said() throws Exception {
    file("notes.txt", "");
    file("no.zip", "text");
    for (String bad :
        List.of(
            "none; py_modules names DIR/none, and there is none.",
            "none.whl; there is no file DIR/none.whl: name one that is there.",
            "no.zip; DIR/no.zip is no zip file.",
            "notes.txt; py_modules names DIR/notes.txt, which is no directory, .py, .whl or .zip"
                + " file.")) {
      String[] parts = bad.replace("DIR", directory.toString()).split("; ");
      assertThatThrownBy(() -> env("py_modules: [" + parts[0] + "]").modules(directory))
          .hasMessage(parts[1]);
    }
    assertThatThrownBy(() -> env("py_modules: lib"))
        .hasMessage("--runtime-env-json: py_modules must be a list of paths and URIs.");
  }

  @Test
  void a_working_directory_can_be_a_zip_file() throws Exception {
    assertThat(env("working_dir: app.zip").workingDirectory(directory))
        .contains(new LocalArchive(directory.resolve("app.zip")));
    Files.createDirectories(directory.resolve("app.zip"));
    assertThat(env("working_dir: app.zip").workingDirectory(directory))
        .as("a directory of that name")
        .contains(new WorkingDirectory(directory.resolve("app.zip")));
  }

  @Test
  void a_working_directory_of_this_machine_is_told_from_a_uri() {
    RuntimeEnv local = env("{working_dir: ./x, excludes: ['*.bin']}");

    assertThat(local.workingDirectory(directory))
        .contains(new WorkingDirectory(directory.resolve("x"), List.of("*.bin")));
    assertThat(local.withWorkingDir("gcs://p.zip").workingDirectory(directory)).isEmpty();
    assertThat(local.withWorkingDir("gcs://p.zip").json())
        .hasToString("{\"working_dir\":\"gcs://p.zip\"}");
    assertThat(RuntimeEnv.none().workingDirectory(directory)).isEmpty();
  }

  @Test
  void no_value_is_in_its_name() {
    assertThat(env("env_vars: {A: canary}")).hasToString("RuntimeEnv[env_vars]");
    RaySubmission submission =
        new RaySubmission(
            "x", "run", env("env_vars: {A: canary}").json(), Map.of(), null, null, null, Map.of());
    assertThat(submission).hasToString("submission x of run");
  }
}
