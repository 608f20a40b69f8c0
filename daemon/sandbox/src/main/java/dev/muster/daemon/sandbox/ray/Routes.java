package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Which request leads where. */
final class Routes {

  private static final String PAGE =
      "<!doctype html><title>Ray Dashboard</title><p>A SIMULATION of a Ray dashboard: there is"
          + " nothing to see, but its job API really runs what is submitted.\n";
  private static final DateTimeFormatter SESSION =
      DateTimeFormatter.ofPattern("'session_'yyyy-MM-dd_HH-mm-ss_SSSSSS").withZone(ZoneOffset.UTC);

  private final RayDashboardOptions options;
  private final Packages packages;
  private final Jobs jobs;
  private final String session;

  Routes(RayDashboardOptions options, Packages packages, Jobs jobs) {
    this.options = options;
    this.packages = packages;
    this.jobs = jobs;
    session = SESSION.format(options.clock().instant()) + "_1";
  }

  Reply answer(Request request) throws IOException {
    try {
      return checked(request);
    } catch (RayError e) {
      return Reply.text(e.status(), e.getMessage());
    }
  }

  private Reply checked(Request request) throws IOException {
    List<String> path = List.of(request.path().substring(1).split("/", -1));
    if (request.path().equals("/")) {
      return Reply.html(PAGE);
    }
    authenticate(request.token());
    if (path.size() == 2 && request.path().equals("/api/version")) {
      return only("GET", request, version());
    }
    if (path.size() == 4 && request.path().startsWith("/api/packages/")) {
      return packages(request, path.get(2), path.get(3));
    }
    if (path.size() >= 3 && request.path().startsWith("/api/jobs/")) {
      return path.get(2).isEmpty() ? jobs(request) : job(request, path);
    }
    throw notFound();
  }

  /** As ray/_private/authentication/http_token_authentication.py of Ray 2.52 and later does. */
  private void authenticate(String token) {
    if (!options.token().isEmpty()) {
      if (token.isEmpty()) {
        throw new RayError(401, "Unauthorized: Missing authentication token");
      }
      if (!token.equals("Bearer " + options.token())) {
        throw new RayError(403, "Forbidden: Invalid authentication token");
      }
    }
  }

  private static Reply only(String method, Request request, Reply reply) {
    if (!request.method().equals(method)) {
      throw wrongMethod();
    }
    return reply;
  }

  private Reply version() {
    return Reply.json(
        Json.object()
            .put("version", "4")
            .put("ray_version", options.version())
            .put("ray_commit", "sandbox")
            .put("session_name", session));
  }

  private Reply packages(Request request, String protocol, String name) throws IOException {
    switch (request.method()) {
      case "GET" -> {
        if (!packages.has(protocol, name)) {
          throw new RayError(404, "Package %s://%s does not exist".formatted(protocol, name));
        }
      }
      case "PUT" -> packages.put(protocol, name, request.body());
      default -> throw wrongMethod();
    }
    return Reply.empty();
  }

  private Reply jobs(Request request) throws IOException {
    return switch (request.method()) {
      case "GET" -> Reply.json(jobs.list());
      case "POST" -> {
        String body = Files.readString(request.body(), StandardCharsets.UTF_8);
        String id = jobs.submit(Submission.parse(body));
        yield Reply.json(Json.object().put("job_id", id).put("submission_id", id));
      }
      default -> throw wrongMethod();
    };
  }

  private Reply job(Request request, List<String> path) {
    String id = path.get(2);
    String what = String.join("/", path.subList(3, path.size()));
    return switch (what) {
      case "" ->
          switch (request.method()) {
            case "GET" -> Reply.json(jobs.get(id));
            case "DELETE" -> {
              jobs.delete(id);
              yield said("deleted", true);
            }
            default -> throw wrongMethod();
          };
      case "stop" -> {
        only("POST", request, Reply.empty());
        yield said("stopped", jobs.stop(id));
      }
      case "logs" -> only("GET", request, new Reply.Log(jobs.log(id)));
      case "logs/tail" -> tail(request, id);
      default -> throw notFound();
    };
  }

  private Reply tail(Request request, String id) {
    LogTail log = jobs.tail(id);
    if (!request.upgrade()) {
      throw new RayError(
          400, "No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".");
    }
    return new Reply.Tail(log);
  }

  private static Reply said(String field, boolean value) {
    ObjectNode json = Json.object().put(field, value);
    return Reply.json(json);
  }

  private static RayError notFound() {
    return new RayError(404, "404: Not Found");
  }

  private static RayError wrongMethod() {
    return new RayError(405, "405: Method Not Allowed");
  }
}
