package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.net.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox a hundred times as fast as in truth, for tests of what really runs in it. */
abstract class RunningSandbox {

  protected static final String PODS = "/api/v1/namespaces/default/pods/";
  protected static final String CLUSTERS = "/apis/ray.io/v1/namespaces/default/rayclusters/";
  protected static final String JOBS = "/apis/ray.io/v1/namespaces/default/rayjobs/";

  @TempDir protected Path directory;
  protected Sandbox sandbox;
  protected ApiClient admin;
  private HttpClient http;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(directory));
    admin = ApiClient.of(sandbox.kubeconfig("admin"));
    http = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    http.close();
    admin.close();
    sandbox.close();
  }

  protected JsonNode create(String path, ObjectNode object) {
    Reply reply = admin.post(path.substring(0, path.length() - 1), object);
    assertThat(reply.code()).as(reply.text()).isEqualTo(201);
    return reply.body();
  }

  /** Reads until it is as wanted. */
  protected JsonNode await(String path, Predicate<Reply> wanted) {
    Reply[] last = new Reply[1];
    Awaitility.await(path)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              last[0] = admin.get(path);
              assertThat(wanted.test(last[0])).as(last[0].text()).isTrue();
            });
    return last[0].body();
  }

  protected JsonNode awaitField(String path, String pointer, String value) {
    return await(path, reply -> reply.body().at(pointer).asText().equals(value));
  }

  protected void awaitGone(String path) {
    await(path, reply -> reply.code() == 404);
  }

  /** The head pod's name, once the cluster is ready and its dashboard listens. */
  protected String head(String cluster) {
    String name =
        awaitField(CLUSTERS + cluster, "/status/state", "ready")
            .at("/status/head/podName")
            .asText();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sandbox.network().local("default", name, 8265).isPresent());
    return name;
  }

  /** Calls the dashboard of a head pod. */
  protected HttpResponse<String> ray(String head, HttpRequest.Builder request, String path) {
    try (Relay relay = Relay.to(sandbox.network().local("default", head, 8265).orElseThrow())) {
      URI uri = URI.create("http://127.0.0.1:%d%s".formatted(relay.port(), path));
      return http.send(request.uri(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
