package dev.muster.daemon.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.contract.Samples;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A sandbox in a process of its own, with a cluster whose dashboard listens. */
final class SandboxProcess implements AutoCloseable {

  private static final String PROXY =
      "/api/v1/namespaces/default/services/demo-head-svc:8265/proxy";

  private final Process process;
  private final ApiClient admin;

  private SandboxProcess(Process process, ApiClient admin) {
    this.process = process;
    this.admin = admin;
  }

  /** The program with that command line. */
  static Process command(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // The coverage agent, when there is one, counts what the process does too.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  static SandboxProcess in(Path run) throws IOException {
    Process process = command("--directory", run.toString(), "--speed", "100");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(run.resolve("sandbox.pid")) || !process.isAlive());
    SandboxProcess sandbox = new SandboxProcess(process, ApiClient.of(run.resolve("kubeconfig")));
    sandbox.admin.post("/apis/ray.io/v1/namespaces/default/rayclusters", Samples.demo("demo"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sandbox.admin.get(PROXY + "/api/version").code() == 200);
    return sandbox;
  }

  /** Runs it on the cluster. */
  Reply submit(String entrypoint) {
    ObjectNode job = Json.object().put("entrypoint", entrypoint);
    return admin.post(PROXY + "/api/jobs/", job);
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL: nothing can be done about it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    admin.close();
    process.destroy();
    process.waitFor();
  }
}
