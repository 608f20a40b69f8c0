package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Changing.Written;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.define.JobFiles;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A manifest that may have several documents: what muster itself writes, such as a RayJob with the
 * Secret of its files, and what people put beside it. All are looked at, and the server asked about
 * all, before the first is sent.
 */
public final class Documents {
  private static final List<Resource> KINDS =
      List.of(RayClusterRow.RESOURCE, AppWrapperRow.RESOURCE, RayJobRow.RESOURCE);

  /** Never read, and no row: only sent. */
  private static final Resource SECRET =
      new Resource(
          new Kind("secret", false, List.of()),
          "Secret",
          "secrets",
          List.of(""),
          "Kubernetes",
          "",
          (identity, object, observed) -> {
            throw new IllegalStateException("a Secret is no row");
          });

  private final ApiClient client;
  private final Writing writing;

  Documents(ApiClient client, Writing writing) {
    this.client = client;
    this.writing = writing;
  }

  /** One document, and where it goes. */
  private record Step(Wish wish, Manifest manifest, String place) {
    boolean isSecret() {
      return manifest.resource() == SECRET;
    }

    /** Whether that Secret has the files of this, a RayJob. */
    boolean hasFilesIn(Step secret) {
      return manifest.resource().name().equals(RayJobRow.KIND)
          && place.equals(secret.place)
          && JobFiles.mounted(manifest.object()).equals(Optional.of(secret.manifest.name()));
    }

    /** As people name it. */
    String words() {
      String group = manifest.resource().groups().getFirst();
      return manifest.resource().name()
          + (group.isEmpty() ? "" : "." + group)
          + "/"
          + manifest.name();
    }
  }

  /** What is done with each. */
  private interface Verb {
    Row of(Wish wish, boolean dryRun);

    JsonNode secret(Step step, boolean dryRun);
  }

  public Written create(Wish whole, boolean dryRun) {
    return each(
        whole,
        "creates",
        dryRun,
        new Verb() {
          @Override
          public Row of(Wish wish, boolean dry) {
            return writing.create(wish, dry);
          }

          @Override
          public JsonNode secret(Step step, boolean dry) {
            return writing.create(step.manifest, step.place, step.wish.origin(), dry);
          }
        });
  }

  public Written apply(Wish whole, boolean force, boolean dryRun) {
    return each(
        whole,
        "applies",
        dryRun,
        new Verb() {
          @Override
          public Row of(Wish wish, boolean dry) {
            return writing.apply(wish, force, dry);
          }

          @Override
          public JsonNode secret(Step step, boolean dry) {
            return createOrMerge(step, dry);
          }
        });
  }

  /** It has one writer, and is not read: nobody's fields are in the way. */
  private JsonNode createOrMerge(Step secret, boolean dryRun) {
    Manifest manifest = secret.manifest;
    try {
      return writing.create(manifest, secret.place, secret.wish.origin(), dryRun);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.EXISTS) {
        throw e;
      }
      Endpoint endpoint = new Endpoint(client, SECRET);
      return endpoint.change(
          "apply",
          "PATCH",
          secret.place,
          manifest.name(),
          endpoint.path(secret.place, manifest.name()) + Writing.options(dryRun),
          Writing.MERGE,
          manifest.object());
    }
  }

  private static Written each(Wish whole, String does, boolean dryRun, Verb verb) {
    List<JsonNode> documents =
        Yaml.documents(whole.yaml().getBytes(StandardCharsets.UTF_8), whole.origin());
    if (documents.size() < 2) {
      return Written.one(verb.of(whole, dryRun));
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      steps.add(step(whole, documents.get(i), whole.origin() + ", document " + (i + 1), does));
    }
    check(whole, steps, does);
    Written checked = sent(whole, steps, true, verb);
    return dryRun ? checked : sent(whole, steps, false, verb);
  }

  private static Step step(Wish whole, JsonNode document, String origin, String does) {
    String kind = document.path("kind").asText("");
    String apiVersion = document.path("apiVersion").asText("");
    String group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
    boolean secret = kind.equals(SECRET.title()) && apiVersion.equals("v1");
    Resource resource =
        secret
            ? SECRET
            : KINDS.stream()
                .filter(one -> one.title().equals(kind) && one.groups().contains(group))
                .findFirst()
                .orElseThrow(() -> other(origin, kind, does));
    boolean asked =
        resource.name().equals(AppWrapperRow.KIND)
            && whole.resource().name().equals(RayClusterRow.KIND)
            && !Components.clusters((ObjectNode) document).isEmpty();
    Wish wish =
        new Wish(
            asked ? whole.resource() : resource,
            Yaml.write(document),
            origin,
            whole.namespace(),
            whole.said());
    Manifest manifest = secret ? secret((ObjectNode) document, origin) : wish.manifest();
    return new Step(wish, manifest, wish.place(manifest));
  }

  private static Manifest secret(ObjectNode object, String origin) {
    String name = Meta.name(object);
    if (Names.broken(name).isPresent()) {
      throw Failure.usage(origin + ": the Secret has no name that it can have.");
    }
    return new Manifest(SECRET, object, name, Meta.namespace(object), "", "v1");
  }

  private static Failure other(String origin, String kind, String does) {
    return Failure.usage(
        origin
            + ": muster "
            + does
            + " RayClusters, AppWrappers, RayJobs and the Secrets of their files, and no "
            + (kind.isEmpty() ? "object without a kind" : kind)
            + "; nothing was sent.");
  }

  private static void check(Wish whole, List<Step> steps, String does) {
    if (steps.stream().noneMatch(step -> isAsked(whole, step))) {
      throw Failure.usage(
          whole.origin() + " holds no " + whole.resource().title() + "; nothing was sent.");
    }
    for (Step secret : steps) {
      if (secret.isSecret() && owner(steps, secret).isEmpty()) {
        throw other(secret.wish.origin(), "Secret of anything else", does);
      }
    }
  }

  private static boolean isAsked(Wish whole, Step step) {
    return step.wish.resource().name().equals(whole.resource().name());
  }

  private static Optional<Step> owner(List<Step> steps, Step secret) {
    return steps.stream().filter(step -> step.hasFilesIn(secret)).findFirst();
  }

  /** In the order of the text, but a Secret behind its RayJob, which it goes with. */
  private static Written sent(Wish whole, List<Step> steps, boolean dryRun, Verb verb) {
    Row asked = null;
    List<String> others = new ArrayList<>();
    for (Step step : steps) {
      if (step.isSecret()) {
        continue;
      }
      Row row = verb.of(step.wish, dryRun);
      if (asked == null && isAsked(whole, step)) {
        asked = row;
      } else {
        others.add(step.words());
      }
      for (Step secret : steps) {
        if (secret.isSecret() && step.hasFilesIn(secret)) {
          verb.secret(dryRun ? secret : owned(secret, step, row.uid()), dryRun);
          others.add(secret.words());
        }
      }
    }
    return new Written(asked, others);
  }

  private static Step owned(Step secret, Step job, String uid) {
    Manifest manifest = secret.manifest;
    ObjectNode object = manifest.object().deepCopy();
    object
        .withObjectProperty("metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "ray.io/v1")
        .put("kind", RayJobRow.RESOURCE.title())
        .put("name", job.manifest.name())
        .put("uid", uid);
    return new Step(
        secret.wish,
        new Manifest(SECRET, object, manifest.name(), manifest.namespace(), "", "v1"),
        secret.place);
  }
}
