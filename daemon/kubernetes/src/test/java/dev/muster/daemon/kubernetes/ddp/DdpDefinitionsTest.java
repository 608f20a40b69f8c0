package dev.muster.daemon.kubernetes.ddp;

import static dev.muster.daemon.kubernetes.define.OptionPairs.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DdpDefinitionsTest {
  @TempDir Path directory;

  private Caller caller;

  @BeforeEach
  void aDirectoryWithAScript() throws IOException {
    caller = new Caller(directory, Map.of(), false);
    Files.writeString(directory.resolve("train.py"), "print('hello')\n");
    Files.createDirectories(directory.resolve("src"));
    Files.writeString(directory.resolve("src/01_Fine Tune.py"), "");
  }

  private Definition define(String... pairs) {
    return DdpDefinitions.define(caller, "", options(pairs), "");
  }

  private DdpDefinition load(String text, String... pairs) {
    return DdpDefinitions.load(caller, "", "a.job.yaml", text, options(pairs));
  }

  private DdpDefinition typed(String... pairs) {
    return load(define(pairs).yaml());
  }

  private static String complaint(Runnable what) {
    Failure failure = catchThrowableOfType(Failure.class, what::run);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.getMessage();
  }

  @Test
  void a_definition_is_text_for_people() {
    Definition definition =
        define("script", "train.py", "j", "2x4", "cpu", "8", "memMB", "16384", "env", "A=1,2,B=x");

    assertThat(definition.name()).isEqualTo("train");
    assertThat(definition.fileName()).isEqualTo("train.job.yaml");
    assertThat(definition.warnings()).isEmpty();
    assertThat(definition.yaml())
        .isEqualTo(
            """
            # A distributed PyTorch job for `muster submit job train`. Change what you like.

            # What the job is called, and its pods after it.
            name: train

            # The Python script that every process runs, relative to the workspace; an absolute path is one in the image.
            script: train.py

            # Nodes and processes on each: [MIN:]NODESxPROCESSES.
            j: "2x4"

            # CPUs of each node.
            cpu: 8

            # Memory of each node in MB.
            memMB: 16384

            # Environment variables of every process.
            env:
              A: "1,2"
              B: x
            """);
  }

  @Test
  void every_field_is_read_as_it_was_written() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("script", List.of("train.py"));
    all.put("script-args", List.of("--lr 0.1 --tag 'two words'", "['a', 'b c']"));
    all.put("name", List.of("first", "mnist"));
    all.put("cpu", List.of("4"));
    all.put("gpu", List.of("1"));
    all.put("mem-mb", List.of("2048"));
    all.put("h", List.of("aws_p3.8xlarge"));
    all.put("j", List.of("1:2x4"));
    all.put("env", List.of("A=1", "{'B': 'two', 'C': 3}"));
    all.put("max-retries", List.of("2"));
    all.put(
        "mounts",
        List.of("type=bind,src=/a,dst=/b", "['type=volume','src=c','dst=/d','readonly']"));
    all.put("rdzv-port", List.of("30000"));
    all.put("rdzv-backend", List.of("static"));
    all.put("scheduler-args", List.of("namespace=team,priority=3"));
    all.put("image", List.of("pytorch/pytorch:2.5"));
    all.put("workspace", List.of("file://" + directory));
    all.put("scheduler", List.of("kubernetes"));
    all.put("cluster-name", List.of("demo"));
    all.put("local-queue", List.of("team-queue"));
    all.put("m", List.of());

    Definition definition = DdpDefinitions.define(caller, "mnist", all, "");
    DdpDefinition read = load(definition.yaml());

    assertThat(read)
        .isEqualTo(
            new DdpDefinition(
                "train.py",
                null,
                List.of("--lr", "0.1", "--tag", "two words", "a", "b c"),
                "mnist",
                4,
                1,
                2048,
                "aws_p3.8xlarge",
                new Procs(1, 2, 4),
                Map.of("A", "1", "B", "two", "C", "3"),
                2,
                List.of(new Mount(false, "/a", "/b", false), new Mount(true, "c", "/d", true)),
                30000,
                "static",
                Map.of("namespace", "team", "priority", "3"),
                "pytorch/pytorch:2.5",
                "file://" + directory,
                "kubernetes",
                "demo",
                "team-queue"));
    assertThat(DdpDefinitions.define(caller, "mnist", all, "").yaml()).isEqualTo(definition.yaml());
    assertThat(read).hasToString("DdpDefinition[mnist]");
  }

  @Test
  void what_is_not_said_has_torchx_defaults() {
    DdpDefinition read = typed("m", "package.train");

    assertThat(read.name()).isEqualTo("train");
    assertThat(read.rdzvPort()).isEqualTo(29500);
    assertThat(read.maxRetries()).isZero();
    assertThat(read.scriptArgs()).isEmpty();
    assertThat(read.cpu()).isNull();
    assertThat(read.j()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "src/01_Fine Tune.py, fine-tune",
    "/opt/train.v2.py, train-v2",
    "/opt/123.py, job",
    "/opt/a-very-long-name-that-goes-on-and-on-until-nobody-can-read-it-any-more.py,"
        + " a-very-long-name-that-goes-on-and-on-until-nobody-can-read",
  })
  void a_job_without_a_name_is_called_after_its_script(String script, String name) {
    assertThat(define("script", script).name()).isEqualTo(name);
  }

  @Test
  void a_template_says_what_no_option_says() throws IOException {
    Files.writeString(directory.resolve("base.yaml"), "script: train.py\ncpu: 2\ngpu: 1\n");

    Definition definition = DdpDefinitions.define(caller, "mine", options("cpu", "4"), "base.yaml");

    assertThat(definition.fileName()).isEqualTo("mine.job.yaml");
    DdpDefinition read = load(definition.yaml());
    assertThat(List.of(read.cpu(), read.gpu())).containsExactly(4, 1);
    assertThat(complaint(() -> DdpDefinitions.define(caller, "", Map.of(), "none.yaml")))
        .isEqualTo(
            "There is no definition none.yaml in "
                + directory
                + "; `muster define job` makes one.");
  }

  @Test
  void a_definition_is_found_by_its_name_and_options_win_over_it() throws IOException {
    Definition definition = define("script", "train.py", "cpu", "1");
    Files.writeString(directory.resolve(definition.fileName()), definition.yaml());

    DdpDefinition found = DdpDefinitions.load(caller, "train", "", "", options("cpu", "3"));

    assertThat(found.cpu()).isEqualTo(3);
    Failure missing =
        catchThrowableOfType(
            Failure.class, () -> DdpDefinitions.load(caller, "other", "", "", Map.of()));
    assertThat(missing.kind()).isEqualTo(Failure.Kind.NOT_FOUND);
    assertThat(missing.getMessage())
        .isEqualTo(
            "There is no definition other.job.yaml in "
                + directory
                + "; `muster define job` makes one.");
    Files.createDirectory(directory.resolve("folder.job.yaml"));
    assertThat(complaint(() -> DdpDefinitions.load(caller, "folder", "", "", Map.of())))
        .isEqualTo("The definition " + directory + "/folder.job.yaml cannot be read.");
  }

  @Test
  void a_script_goes_alone_as_a_zip_with_its_path() throws IOException {
    Archive archive = DdpDefinitions.script(caller, typed("script", "src/../src/01_Fine Tune.py"));

    try (ZipInputStream zip =
        new ZipInputStream(
            new ByteArrayInputStream(Base64.getDecoder().decode(archive.base64())))) {
      ZipEntry entry = zip.getNextEntry();
      assertThat(entry.getName()).isEqualTo("src/01_Fine Tune.py");
      assertThat(zip.getNextEntry()).isNull();
    }
    assertThat(DdpDefinitions.script(caller, typed("m", "train"))).isSameAs(Archive.NONE);
    assertThat(DdpDefinitions.script(caller, typed("script", "/opt/train.py")))
        .isSameAs(Archive.NONE);
    DdpDefinition train = typed("script", "train.py");
    assertThat(DdpDefinitions.script(caller, train).base64())
        .isEqualTo(DdpDefinitions.script(caller, train).base64());
    Files.delete(directory.resolve("train.py"));
    assertThat(complaint(() -> DdpDefinitions.script(caller, train)))
        .isEqualTo("The script " + directory + "/train.py cannot be read.");
  }

  @Test
  void the_workspace_may_be_a_path_or_a_url() {
    for (String said : List.of("src", "file://src", "file://" + directory + "/src", "./src/")) {
      DdpDefinition definition = typed("m", "train", "workspace", said);
      assertThat(DdpDefinitions.workspace(caller, definition)).isEqualTo(directory.resolve("src"));
    }
    assertThat(DdpDefinitions.workspace(caller, typed("m", "train"))).isEqualTo(directory);
    assertThat(complaint(() -> define("m", "a", "workspace", "file:///%zz")))
        .isEqualTo("The workspace file:///%zz is not a directory's path.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "cpu § x § --cpu: \"x\" is not a whole number.",
        "cpu § 0 § --cpu: \"0\" must be more than 0.",
        "memMB § 0 § --mem-mb: \"0\" must be more than 0.",
        "gpu § 999999999 § --gpu: \"999999999\" is not a whole number.",
        "j § 2x § --j: \"2x\" is not of the form [MIN:]NODESxPROCESSES, such as 2x4 or 1:4x8.",
        "j § 4:2x1 § --j: \"4:2x1\" is not of the form [MIN:]NODESxPROCESSES, such as 2x4 or 1:4x8.",
        "rdzv-port § 0 § --rdzv-port: \"0\" is not a port: use 1 to 65535.",
        "rdzv-port § 70000 § --rdzv-port: \"70000\" is not a port: use 1 to 65535.",
        "rdzv-backend § zmq § --rdzv-backend: \"zmq\" is none of c10d, static, etcd-v2, etcd.",
        "scheduler § slurm § --scheduler: \"slurm\" is none of ray, kubernetes.",
        "name § Big_Name § --name: \"Big_Name\" is not a name: use lower-case letters, digits and \"-\","
            + " beginning with a letter and ending with a letter or digit.",
        "h § a b § --h: \"a b\" is not a label's value: use at most 63 letters, digits, \"-\", \"_\" and"
            + " \".\", beginning and ending with a letter or digit.",
        "env § A § --env: a value is not of the form key=value, such as --env A=1.",
        "env § 1A=secret § --env: \"1A\" is not the name of an environment variable: use letters, digits,"
            + " \"_\", \"-\" and \".\", not beginning with a digit.",
        "env § {A: [secret]} § --env: \"A\" has no single value.",
        "script-args § 'a b § --script-args: \"'a b\" has a quotation mark without its partner.",
        "script-args § [[a]] § --script-args: \"[\"a\"]\" is not one value.",
        "mounts § src=/a § --mounts: \"src=/a\" has a mount without type=.",
        "mounts § type=bind,dst=/a § --mounts: \"type=bind,dst=/a\" has a mount without src=.",
        "mounts § type=nfs,src=/a,dst=/b § --mounts: \"type=nfs,src=/a,dst=/b\" has the type nfs, which"
            + " is not bind or volume.",
        "mounts § type=bind,src=a,dst=/b § --mounts: \"type=bind,src=a,dst=/b\" has src=a, which is not"
            + " an absolute path.",
        "mounts § type=bind,source=a § --mounts: \"type=bind,source=a\" has \"source=a\"; a mount is"
            + " type=bind|volume,src=SOURCE,dst=PATH[,readonly].",
        "scheduler-args § name_space=a § --scheduler-args: \"name_space\" is nothing that a scheduler is"
            + " told (did you mean namespace?).",
        "scheduler-args § zzzzzzzzz=1 § --scheduler-args: \"zzzzzzzzz\" is nothing that a scheduler is told"
            + " (there are coscheduler_name, image_repo, image_secret, namespace, network, priority,"
            + " priority_class_name, requirements, service_account).",
        "scheduler-args § priority=high § --scheduler-args: \"priority\" has the value high, which is no"
            + " whole number.",
        "scheduler-args § namespace=A § --scheduler-args: \"namespace\" has the value A, which is not a"
            + " namespace: use at most 63 lower-case letters, digits and \"-\", beginning and ending with"
            + " a letter or digit (RFC 1123).",
        "scheduler-args § image_secret=A § --scheduler-args: \"image_secret\" has the value A, which is"
            + " not a name: use lower-case letters, digits, \"-\" and \".\", beginning and ending with a"
            + " letter or digit (RFC 1123).",
        "cpus § 1 § --cpus is not an option of a job's definition; did you mean --cpu or --gpu?",
        "zzzzzzzzz § 1 § --zzzzzzzzz is not an option of a job's definition; there are --cluster-name,"
            + " --cpu, --env, --gpu, --h, --image, --j, --local-queue, --m, --max-retries, --mem-mb,"
            + " --mounts, --name, --rdzv-backend, --rdzv-port, --scheduler, --scheduler-args, --script,"
            + " --script-args, --workspace.",
        "script § ../train.py § The script ../train.py is not in the workspace DIR; set --workspace.",
        "script § lost.py § There is no script lost.py in DIR.",
        "script § src § There is no script src in DIR.",
        "workspace § lost § There is no directory DIR/lost, which is the workspace.",
        "m § a § A job has exactly one of script and m (a module); this has both: drop one of them (--m).",
      })
  void a_wrong_option_is_named_with_its_rule(String option, String value, String sentence) {
    assertThat(complaint(() -> define("script", "train.py", option, value)))
        .isEqualTo(sentence.replace("DIR", directory.toString()));
  }

  @Test
  void options_that_contradict_each_other_are_refused() {
    assertThat(complaint(() -> define("cpu", "1")))
        .isEqualTo(
            "A job has exactly one of script and m (a module); this has neither: say --script"
                + " FILE.py or --m MODULE.");
    assertThat(complaint(() -> define("m", "not a module")))
        .isEqualTo(
            "--m: \"not a module\" is not the name of a Python module such as package.train.");
    assertThat(complaint(() -> define("script", ""))).isEqualTo("--script: \"\" is empty.");
    assertThat(
            complaint(
                () ->
                    DdpDefinitions.define(
                        caller, "one", options("script", "train.py", "name", "two"), "")))
        .isEqualTo("Two names are given, one and --name two; drop one of them.");
    assertThat(complaint(() -> define("m", "a", "name", "n".repeat(59))))
        .endsWith(
            " has 59 characters; the name of a job may have 58, since its pods' names are made of"
                + " it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "script: train.py;cpus: 1 | a.job.yaml, line 2: cpus is not a field of a job's definition; did you"
            + " mean cpu or gpu?",
        "# a;script: train.py;;cpu: some | a.job.yaml, line 4: cpu: \"some\" is not a whole number.",
        "script: train.py;cpu: 1;cpu: 2 | a.job.yaml, line 3: cpu is there twice; drop one of them.",
        "script: train.py;memMB: 1;mem_mb: 2 | a.job.yaml, line 3: mem_mb is there twice; drop one of"
            + " them.",
        "script: train.py;env: A=1 | a.job.yaml, line 2: env is not a map such as {KEY: value}.",
        "script: train.py;env: {A: [secret]} | a.job.yaml, line 2: env: \"A\" has no single value.",
        "script: train.py;script_args: {a: b} | a.job.yaml, line 2: script_args is not a list such as [a,"
            + " b].",
        "script: train.py;script_args: it's | a.job.yaml, line 2: script_args has a quotation mark without"
            + " its partner.",
        "script: [train.py] | a.job.yaml, line 1: script: \"[\"train.py\"]\" is not one value.",
        "script: lost.py | There is no script lost.py in DIR.",
        "- a | a.job.yaml is not a job's definition, which is a map of fields such as script: train.py.",
        "apiVersion: v1 | a.job.yaml is not a job's definition, which is a map of fields such as script:"
            + " train.py.",
        "script: [ | a.job.yaml, line 1: this is not valid YAML (expected the node content, but found"
            + " '<stream end>').",
      })
  void a_mistake_in_a_file_is_found_by_its_line(String lines, String sentence) {
    assertThat(complaint(() -> load(lines.replace(';', '\n'))))
        .isEqualTo(sentence.replace("DIR", directory.toString()));
  }

  @Test
  void a_file_may_be_written_more_shortly() {
    DdpDefinition read =
        load(
            """
            script: train.py
            script_args: --lr 0.1
            name: ~
            mounts: type=volume,src=a,dst=/b
            local_queue: ''
            """);

    assertThat(read.scriptArgs()).containsExactly("--lr", "0.1");
    assertThat(read.mounts()).containsExactly(new Mount(true, "a", "/b", false));
    assertThat(read.name()).isEqualTo("train");
    assertThat(read.localQueue()).isEmpty();
  }

  @Test
  void what_has_no_effect_is_said() {
    assertThat(define("m", "train", "scheduler-args", "image_repo=quay.io/me/job").warnings())
        .containsExactly(
            "scheduler_args image_repo changes nothing: no image is made of the workspace, its"
                + " files go with the job.");
  }

  @Test
  void text_from_standard_input_is_called_so() {
    assertThat(
            complaint(() -> DdpDefinitions.load(caller, "", "", "script: 1\ncpus: 1\n", Map.of())))
        .startsWith("standard input, line 2: cpus is not a field");
  }
}
