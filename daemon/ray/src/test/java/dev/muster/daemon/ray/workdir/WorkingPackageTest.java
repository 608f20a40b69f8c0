package dev.muster.daemon.ray.workdir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingPackageTest {
  @TempDir Path temporary;

  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(temporary.resolve("tree"));
  }

  private void file(String name, String... lines) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
  }

  private WorkingPackage packed(String... excludes) {
    return WorkingPackage.of(tree, List.of(excludes), () -> false);
  }

  private Path zip() {
    Path file = temporary.resolve("package.zip");
    packed().write(file);
    return file;
  }

  private List<String> names(String... excludes) {
    return PackageWalk.of(tree, List.of(excludes)).stream().map(PackageEntry::name).toList();
  }

  private Failure failure() {
    return catchThrowableOfType(Failure.class, this::packed);
  }

  @Test
  void everything_goes_in_but_git() throws Exception {
    file("b.py");
    file("a/c.py");
    file(".hidden");
    file(".git/config");
    file("a/.git", "gitdir: elsewhere");
    Files.createDirectories(tree.resolve("empty"));

    assertThat(names()).containsExactly(".hidden", "a/", "a/c.py", "b.py", "empty/");
  }

  @Test
  void ignore_files_are_honoured_at_every_level() throws Exception {
    file(".gitignore", "*.log", "/data/", "!keep.log");
    file("a.log");
    file("keep.log");
    file("data/big");
    file("src/data/small");
    file("src/.gitignore", "\uFEFF!a.log", "*.tmp");
    file("src/a.log");
    file("src/x.tmp");
    file("x.tmp");

    assertThat(names())
        .containsExactly(
            ".gitignore",
            "keep.log",
            "src/",
            "src/.gitignore",
            "src/a.log",
            "src/data/",
            "src/data/small",
            "x.tmp");
  }

  @Test
  void rayignore_and_excludes_leave_out_more_and_bring_nothing_back() throws Exception {
    file(".gitignore", "a");
    file(".rayignore", "!a", "b");
    file("a");
    file("b");
    file("c");
    file("d");

    assertThat(names("c", "!b")).containsExactly(".gitignore", ".rayignore", "d");
  }

  /** The real git decides the same; it is asked where there is one. */
  @Test
  void git_itself_leaves_out_the_same() throws Exception {
    assumeTrue(git("init", "-q") == 0, "git is not there");
    file(
        ".gitignore",
        "*.log",
        "!keep.log",
        "/build/",
        "doc/**/*.html",
        "a[0-9]",
        "**/cache",
        "x/*",
        "!x/y");
    for (String name :
        List.of(
            "a.log",
            "keep.log",
            "build/x",
            "sub/build/x",
            "doc/a.html",
            "doc/b/c.html",
            "doc/a.txt",
            "a1",
            "ab",
            "cache/x",
            "s/cache/y",
            "x/y",
            "x/z",
            "sub/n.log",
            "sub/keep.log")) {
      file(name, name);
    }
    file("sub/.gitignore", "!n.log", "keep.log");
    Path listed = temporary.resolve("listed");
    assertThat(git(listed, "ls-files", "-o", "--exclude-standard")).isZero();

    assertThat(names())
        .filteredOn(name -> !name.endsWith("/"))
        .containsExactlyInAnyOrderElementsOf(Files.readAllLines(listed));
  }

  private int git(String... arguments) throws Exception {
    return git(temporary.resolve("said"), arguments);
  }

  private int git(Path output, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", tree.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    try {
      Process process = builder.redirectErrorStream(true).start();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void the_same_content_has_the_same_name_and_bytes_wherever_and_whenever() throws Exception {
    TimeZone zone = TimeZone.getDefault();
    try {
      file("a", "content");
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      String name = packed().name();
      byte[] bytes = Files.readAllBytes(zip());

      Path copy = Files.createDirectories(temporary.resolve("other"));
      Files.copy(tree.resolve("a"), copy.resolve("a"));
      Files.setLastModifiedTime(copy.resolve("a"), FileTime.fromMillis(1));
      tree = copy;
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));

      assertThat(name).matches("_ray_pkg_[0-9a-f]{40}\\.zip");
      assertThat(packed().name()).isEqualTo(name);
      assertThat(Files.readAllBytes(zip())).isEqualTo(bytes);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void another_content_name_or_mode_is_another_package() throws Exception {
    file("a", "content");
    String first = packed().name();
    Files.setPosixFilePermissions(tree.resolve("a"), PosixFilePermissions.fromString("rwx------"));
    String mode = packed().name();
    Files.move(tree.resolve("a"), tree.resolve("b"));
    String name = packed().name();
    file("b", "more content");

    assertThat(List.of(first, mode, name, packed().name())).doesNotHaveDuplicates();
  }

  @Test
  void what_gets_smaller_is_compressed_and_the_rest_is_stored_as_it_is() throws Exception {
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    Files.write(tree.resolve("noise"), noise);
    byte[] text = "the same words again and again\n".repeat(9_000).getBytes(UTF_8);
    Files.write(tree.resolve("text"), text);
    file("empty");
    Path packed = zip();

    try (ZipFile zip = ZipFile.builder().setPath(packed).get()) {
      assertThat(zip.getEntry("noise").getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(zip.getEntry("text").getMethod()).isEqualTo(ZipEntry.DEFLATED);
      assertThat(zip.getInputStream(zip.getEntry("noise")).readAllBytes()).isEqualTo(noise);
      assertThat(zip.getInputStream(zip.getEntry("text")).readAllBytes()).isEqualTo(text);
      assertThat(zip.getInputStream(zip.getEntry("empty")).readAllBytes()).isEmpty();
    }
    assertThat(Files.size(packed)).isBetween((long) noise.length, noise.length + 10_000L);
  }

  @Test
  void modes_are_kept() throws Exception {
    file("run.sh", "#!/bin/sh");
    Files.setPosixFilePermissions(
        tree.resolve("run.sh"), PosixFilePermissions.fromString("rwxrwxrwx"));
    file("d/x");
    Files.setPosixFilePermissions(
        tree.resolve("d/x"), PosixFilePermissions.fromString("r--r-----"));

    try (ZipFile zip = ZipFile.builder().setPath(zip()).get()) {
      assertThat(zip.getEntry("run.sh").getUnixMode()).isEqualTo(0100777);
      assertThat(zip.getEntry("d/x").getUnixMode()).isEqualTo(0100440);
      ZipArchiveEntry directory = zip.getEntry("d/");
      assertThat(directory.isDirectory()).isTrue();
    }
  }

  @Test
  void links_are_followed_and_those_to_nowhere_left_out() throws Exception {
    file("real/x", "content");
    Files.createSymbolicLink(tree.resolve("file"), Path.of("real/x"));
    Files.createSymbolicLink(tree.resolve("linked"), Path.of("real"));
    Files.createSymbolicLink(tree.resolve("nowhere"), Path.of("missing"));

    assertThat(names()).containsExactly("file", "linked/", "linked/x", "real/", "real/x");
  }

  @Test
  void links_in_a_circle_are_named_unless_they_are_ignored() throws Exception {
    file("d/x");
    Files.createSymbolicLink(tree.resolve("d/up"), Path.of(".."));

    assertThat(failure().kind()).isEqualTo(Failure.Kind.USAGE);
    assertThat(failure())
        .hasMessage(
            tree.resolve("d/up")
                + " is a link that leads in a circle: remove it, or name it in "
                + tree.resolve(".rayignore")
                + ".");

    file(".rayignore", "up", "self");
    Files.createSymbolicLink(tree.resolve("self"), Path.of("self"));
    assertThat(names()).containsExactly(".rayignore", "d/", "d/x");

    Files.createSymbolicLink(tree.resolve("again"), Path.of("again"));
    assertThat(failure()).hasMessageStartingWith(tree.resolve("again") + " is a link");
  }

  @Test
  void what_is_no_directory_is_said_to_be_none() throws Exception {
    file("a");
    Path missing = tree.resolve("missing");

    assertThatThrownBy(() -> WorkingPackage.of(missing, List.of(), () -> false))
        .hasMessage("there is no directory " + missing + ": name one that is there.");
    assertThatThrownBy(() -> WorkingPackage.of(tree.resolve("a"), List.of(), () -> false))
        .hasMessage(
            tree.resolve("a") + " is not a directory: name the one that the job is to run in.");
  }

  @Test
  void what_cannot_be_read_is_named() {
    Path unreadable = tree.resolve("secret");
    IOException denied = new java.nio.file.AccessDeniedException(unreadable.toString());
    IOException gone = new java.nio.file.NoSuchFileException("x");
    IOException other = new IOException("input/output error");

    assertThat(PackageWalk.unreadable(tree, denied))
        .hasMessage(
            unreadable
                + " cannot be read (permission denied): make it readable, or name it in "
                + tree.resolve(".rayignore")
                + ".");
    assertThat(PackageWalk.unreadable(tree, gone)).hasMessageContaining("it has just gone");
    assertThat(PackageWalk.unreadable(tree, other)).hasMessageContaining("input/output error");
  }

  @Test
  void a_file_that_is_gone_before_it_is_read_is_named() throws Exception {
    file("a", "x");
    file("b", "x");

    assertThatThrownBy(
            () ->
                WorkingPackage.of(
                    tree,
                    List.of(),
                    () -> {
                      try {
                        return !Files.deleteIfExists(tree.resolve("b"));
                      } catch (IOException e) {
                        throw new AssertionError(e);
                      }
                    }))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(tree.resolve("b") + " cannot be read (it has just gone)");
  }

  @Test
  void content_that_changes_in_between_is_noticed() throws Exception {
    file("a", "content");
    WorkingPackage packed = packed();
    file("a", "changed");

    assertThatThrownBy(() -> packed.write(temporary.resolve("x.zip")))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("files in " + tree + " change while they are being packed");
  }

  @Test
  void a_package_that_cannot_be_written_is_said() throws Exception {
    file("a", "content");

    assertThatThrownBy(() -> packed().write(temporary.resolve("no/x.zip")))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(tree + " cannot be packed into ");
  }

  @Test
  void packing_can_be_cancelled() throws Exception {
    file("a", "content");

    assertThatThrownBy(() -> WorkingPackage.of(tree, List.of(), () -> true))
        .isInstanceOf(CancellationException.class);
  }
}
