package dev.muster.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which way dependencies point: {@code cli → proto}, {@code daemon.app → sources → daemon.core},
 * {@code daemon.app → proto}. The picture is in docs/architecture.md.
 */
@AnalyzeClasses(packages = "dev.muster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CLI = "dev.muster.cli..";
  private static final String PROTO = "dev.muster.proto..";
  private static final String GENERATED = "dev.muster.v1..";
  private static final String CORE = "dev.muster.daemon.core..";
  private static final String KUBERNETES = "dev.muster.daemon.kubernetes..";
  private static final String RAY = "dev.muster.daemon.ray..";
  private static final String SANDBOX = "dev.muster.daemon.sandbox..";
  private static final String APP = "dev.muster.daemon.app..";
  private static final String RPC = "dev.muster.daemon.app.rpc..";

  @ArchTest
  static final ArchRule the_command_knows_the_contract_only =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.muster.daemon..", "io.fabric8..", "org.h2..", "java.sql..", "org.yaml..")
          .because("the command parses, makes one call and renders the answer");

  @ArchTest
  static final ArchRule the_client_library_knows_neither_process =
      noClasses()
          .that()
          .resideInAPackage(PROTO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, "dev.muster.daemon..");

  @ArchTest
  static final ArchRule the_core_knows_no_remote_system_and_no_wire =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              KUBERNETES, RAY, SANDBOX, APP, CLI, PROTO, GENERATED, "io.fabric8..", "io.grpc..")
          .because("the next system adds one module and changes nothing in the core");

  @ArchTest
  static final ArchRule a_source_knows_the_core_only =
      noClasses()
          .that()
          .resideInAPackage(KUBERNETES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(APP, SANDBOX, CLI, PROTO, GENERATED, "io.grpc..");

  @ArchTest
  static final ArchRule rays_job_api_knows_no_way_to_a_cluster =
      noClasses()
          .that()
          .resideInAPackage(RAY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              KUBERNETES, APP, SANDBOX, CLI, PROTO, GENERATED, "io.fabric8..", "io.grpc..")
          .because("clusters on Kubernetes and on EC2 have the same dashboard");

  @ArchTest
  static final ArchRule the_sandbox_stands_alone =
      noClasses()
          .that()
          .resideInAPackage(SANDBOX)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE, RAY, KUBERNETES, APP, CLI, PROTO, GENERATED, "io.grpc..")
          .because("a stand-in that shares code with what it tests proves less");

  @ArchTest
  static final ArchRule the_daemon_never_needs_the_command_or_the_sandbox =
      noClasses()
          .that()
          .resideInAPackage(APP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, SANDBOX);

  @ArchTest
  static final ArchRule only_the_sources_talk_to_kubernetes =
      noClasses()
          .that()
          .resideOutsideOfPackages(KUBERNETES, SANDBOX)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8..");

  @ArchTest
  static final ArchRule only_the_core_opens_the_database =
      noClasses()
          .that()
          .resideOutsideOfPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.h2..", "java.sql..");

  @ArchTest
  static final ArchRule generated_types_stop_at_the_edge_of_each_process =
      classes()
          .that()
          .resideInAPackage(GENERATED)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(GENERATED, CLI, PROTO, RPC);

  /** The root package of the command has what all of its packages share, and names them once. */
  @ArchTest
  static final ArchRule packages_of_the_command_have_no_cycles =
      slices().matching("dev.muster.cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_the_daemon_have_no_cycles =
      slices().matching("dev.muster.daemon.(*).(*)..").should().beFreeOfCycles();
}
