package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.clients.ApiFailures;
import dev.muster.daemon.kubernetes.clients.Pages;
import dev.muster.daemon.kubernetes.clients.Served;
import dev.muster.daemon.kubernetes.clients.UnreachableException;
import dev.muster.daemon.kubernetes.define.Syntax;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One kind on one server: where it is, and what the server says as one sentence. */
final class Endpoint {
  private final ApiClient client;
  private final Resource resource;

  Endpoint(ApiClient client, Resource resource) {
    this.client = client;
    this.resource = resource;
  }

  Resource resource() {
    return resource;
  }

  ApiClient client() {
    return client;
  }

  boolean isServed() {
    return client.served(resource).highest().isPresent();
  }

  /**
   * All of them.
   *
   * @param namespace empty for all
   */
  List<ObjectNode> list(String namespace) {
    String where =
        !resource.namespaced()
            ? ""
            : namespace.isEmpty() ? " in all namespaces" : " in the namespace " + namespace;
    try {
      return doing(
          "list " + resource.plural() + where,
          () -> {
            List<ObjectNode> found = new ArrayList<>();
            Pages.read(client, path(namespace), resource.selector(), found::add);
            return found;
          });
    } catch (Failure failure) {
      boolean everywhere = resource.namespaced() && namespace.isEmpty();
      throw everywhere && failure.kind() == Failure.Kind.FORBIDDEN
          ? new Failure(
              failure.kind(), failure.getMessage() + " Name one namespace with -n.", failure)
          : failure;
    }
  }

  ObjectNode read(String namespace, String name) {
    return find(namespace, name).orElseThrow(() -> none(namespace, name));
  }

  Optional<ObjectNode> find(String namespace, String name) {
    return doing(
        "read " + resource.sentence(namespace, name),
        () -> {
          try {
            return Optional.of((ObjectNode) client.get(path(namespace, name)));
          } catch (ApiException e) {
            if (e.code() == 404 && e.about().equals(resource.plural())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** One request that changes something, about an object of that name. */
  JsonNode change(
      String verb,
      String method,
      String namespace,
      String name,
      String path,
      String type,
      JsonNode body) {
    return doing(
        verb + " " + resource.sentence(namespace, name),
        () -> {
          try {
            return client.call(method, path, type, body);
          } catch (ApiException e) {
            throw e.code() == 404 && e.about().equals(resource.plural())
                ? none(namespace, name)
                : e;
          }
        });
  }

  <T> T doing(String doing, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (ApiException | UnreachableException e) {
      if (e instanceof ApiException answer && answer.code() == 404) {
        client.forget();
      }
      throw ApiFailures.of(e, client.access(), doing, resource.plural());
    }
  }

  String path(String namespace) {
    Served served = served();
    return path(served, served.highest().orElseThrow(), namespace);
  }

  String path(String namespace, String name) {
    return path(namespace) + "/" + Names.checked(name);
  }

  /** The highest "GROUP/VERSION" that is served. */
  String apiVersion() {
    Served served = served();
    return served.apiVersion(served.highest().orElseThrow());
  }

  /**
   * Where a manifest goes, "GROUP/VERSION" and path: to the version that it names; where that is
   * not served, to the highest if the versions have one shape.
   */
  Target target(Manifest manifest, String namespace, String origin) {
    Served named =
        doing("ask for " + resource.plural(), () -> client.served(resource, manifest.group()));
    if (named.versions().contains(manifest.version())) {
      return new Target(
          named.apiVersion(manifest.version()), path(named, manifest.version(), namespace));
    }
    Served served = served();
    String highest = served.highest().orElseThrow();
    if (!resource.sameShape()) {
      throw new Failure(
          Failure.Kind.USAGE,
          origin
              + " is a "
              + resource.title()
              + " of "
              + manifest.object().path("apiVersion").asText()
              + ", but "
              + client.access().server()
              + " serves "
              + served.apiVersion(highest)
              + "; define it anew for that.");
    }
    return new Target(served.apiVersion(highest), path(served, highest, namespace));
  }

  /**
   * @param path of the collection
   */
  record Target(String apiVersion, String path) {}

  private String path(Served served, String version, String namespace) {
    Optional<String> broken = namespace.isEmpty() ? Optional.empty() : Syntax.namespace(namespace);
    if (broken.isPresent()) {
      throw new Failure(Failure.Kind.USAGE, "\"" + namespace + "\" " + broken.get() + ".");
    }
    return served.path(version, resource.namespaced() ? namespace : "");
  }

  private Served served() {
    Served served = doing("ask for " + resource.plural(), () -> client.served(resource));
    if (served.highest().isEmpty()) {
      client.forget(resource);
      throw new Failure(
          Failure.Kind.FAILED,
          "The server "
              + client.access().server()
              + " has no "
              + resource.title()
              + " kind: "
              + resource.component()
              + " is not installed there.");
    }
    return served;
  }

  Failure none(String namespace, String name) {
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "There is no "
            + resource.title()
            + " "
            + name
            + (resource.namespaced() ? " in the namespace " + namespace : "")
            + ".");
  }
}
