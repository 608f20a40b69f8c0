package dev.muster.architecture.coverage;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The top-level classes in src/test/java of every module that the root pom.xml builds, as their
 * sources have them. Sources and not classes, because the tests of other modules are not on this
 * one's class path.
 */
final class TestSources {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Set<String> RUN =
      Set.of(
          "Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "ArchTest");

  /** What Surefire looks for when a pom.xml says nothing else. */
  private static final Pattern SUREFIRE = Pattern.compile("Test.*|.*(Test|Tests|TestCase)");

  /** JUnit's conditions: such a test is left out in some builds. */
  private static final Pattern CONDITION = Pattern.compile("(Disabled|Enabled).*");

  /**
   * @param parents what its superclass may be called in full
   * @param members the annotations of each method, and of each field, by its name
   */
  private record TestClass(
      String name,
      boolean isAbstract,
      Set<String> annotations,
      List<String> parents,
      Map<String, Set<String>> members) {
    String simpleName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  private final Map<String, TestClass> classes = new HashMap<>();

  /**
   * @param root of the checkout
   */
  TestSources(Path root) {
    try {
      read(files(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Matcher modules = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
    while (modules.find()) {
      Path sources = root.resolve(modules.group(1)).resolve("src/test/java");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> all = Files.walk(sources)) {
          all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
      }
    }
    return files;
  }

  private void read(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  problem -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree declaration : unit.getTypeDecls()) {
          if (declaration instanceof ClassTree type) {
            TestClass read = read(unit, type);
            classes.put(read.name(), read);
          }
        }
      }
    }
  }

  private static TestClass read(CompilationUnitTree unit, ClassTree type) {
    Map<String, Set<String>> members = new HashMap<>();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method) {
        members
            .computeIfAbsent(method.getName().toString(), name -> new HashSet<>())
            .addAll(annotations(method.getModifiers()));
      } else if (member instanceof VariableTree field) {
        members.put(field.getName().toString(), annotations(field.getModifiers()));
      }
    }
    return new TestClass(
        packaged(unit.getPackageName(), type.getSimpleName().toString()),
        type.getModifiers().getFlags().contains(Modifier.ABSTRACT),
        annotations(type.getModifiers()),
        parents(unit, type.getExtendsClause()),
        members);
  }

  private static String packaged(ExpressionTree of, String simpleName) {
    return of == null ? simpleName : of + "." + simpleName;
  }

  private static Set<String> annotations(ModifiersTree modifiers) {
    return modifiers.getAnnotations().stream()
        .map(annotation -> annotation.getAnnotationType().toString())
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .collect(Collectors.toSet());
  }

  private static List<String> parents(CompilationUnitTree unit, Tree parent) {
    if (parent == null) {
      return List.of();
    }
    String name = parent.toString();
    return Stream.concat(
            unit.getImports().stream()
                .map(imported -> imported.getQualifiedIdentifier().toString())
                .filter(imported -> imported.endsWith("." + name)),
            Stream.of(packaged(unit.getPackageName(), name), name))
        .toList();
  }

  /**
   * What is wrong with naming that test; empty if every build runs it.
   *
   * @param name of the class, with as much of its package in front as tells it from others
   * @param member the method, or the field of an architecture rule
   */
  Optional<String> fault(String name, String member) {
    List<TestClass> named =
        classes.values().stream()
            .filter(type -> type.name().equals(name) || type.name().endsWith("." + name))
            .toList();
    if (named.isEmpty()) {
      return Optional.of("no module has a test class " + name);
    }
    if (named.size() > 1) {
      return Optional.of(
          name
              + " may be any of "
              + named.stream().map(TestClass::name).sorted().collect(Collectors.joining(", ")));
    }
    TestClass type = named.getFirst();
    if (type.isAbstract()) {
      return Optional.of(name + " is abstract; name a class that extends it");
    }
    if (!SUREFIRE.matcher(type.simpleName()).matches()) {
      return Optional.of(name + " is not run, by its name: it does not end in Test");
    }
    return condition(type.annotations())
        .map(condition -> "%s is not run in every build: it has @%s".formatted(name, condition))
        .or(() -> memberFault(type, name, member));
  }

  private Optional<String> memberFault(TestClass type, String name, String member) {
    Optional<Set<String>> annotations = annotations(type, member);
    if (annotations.isEmpty()) {
      return Optional.of("%s has no method %s".formatted(name, member));
    }
    if (annotations.get().stream().noneMatch(RUN::contains)) {
      return Optional.of("%s#%s is not a test: it has no @Test".formatted(name, member));
    }
    return condition(annotations.get())
        .map(
            condition ->
                "%s#%s is not run in every build: it has @%s".formatted(name, member, condition));
  }

  private static Optional<String> condition(Set<String> annotations) {
    return annotations.stream().filter(a -> CONDITION.matcher(a).matches()).sorted().findFirst();
  }

  /** Its own or those that it inherits. */
  private Optional<Set<String>> annotations(TestClass type, String member) {
    Set<String> own = type.members().get(member);
    return own != null
        ? Optional.of(own)
        : type.parents().stream()
            .filter(classes::containsKey)
            .findFirst()
            .flatMap(parent -> annotations(classes.get(parent), member));
  }
}
