package dev.muster.daemon.kubernetes.informers;

import dev.muster.daemon.core.Kind;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.ClusterQueueRow;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import dev.muster.daemon.kubernetes.kueue.ResourceFlavorRow;
import dev.muster.daemon.kubernetes.kueue.WorkloadPriorityClassRow;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.kubernetes.rayservice.RayServiceRow;
import dev.muster.daemon.kubernetes.views.Nodes;
import dev.muster.daemon.kubernetes.views.Queued;
import dev.muster.daemon.kubernetes.views.View;
import dev.muster.daemon.kubernetes.views.WorkerGroups;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every kind there is, and which kinds' rows depend on which. */
public final class Catalog {
  public static final List<Resource> RESOURCES =
      List.of(
          RayClusterRow.RESOURCE,
          AppWrapperRow.RESOURCE,
          WorkloadRow.RESOURCE,
          LocalQueueRow.RESOURCE,
          ClusterQueueRow.RESOURCE,
          ResourceFlavorRow.RESOURCE,
          WorkloadPriorityClassRow.RESOURCE,
          RayJobRow.RESOURCE,
          RayServiceRow.RESOURCE);

  public static final List<View> VIEWS = List.of(WorkerGroups.VIEW, Nodes.VIEW, Queued.VIEW);

  private Catalog() {}

  /** Those that people can name. */
  public static List<Kind> kinds() {
    return Stream.concat(RESOURCES.stream().map(Resource::kind), VIEWS.stream().map(View::kind))
        .toList();
  }

  public static Optional<Resource> resource(String kind) {
    return RESOURCES.stream().filter(r -> r.name().equals(kind)).findFirst();
  }

  public static Optional<View> view(String kind) {
    return VIEWS.stream().filter(v -> v.kind().name().equals(kind)).findFirst();
  }

  /** Also pods and events: they are watched for others' sake, and people cannot name them. */
  public static boolean isWatched(String kind) {
    return resource(kind).isPresent()
        || view(kind).isPresent()
        || List.of(PodRow.KIND, EventRow.KIND).contains(kind);
  }

  /** Those that are in no namespace. */
  public static boolean isClusterScoped(String kind) {
    return resource(kind).map(r -> !r.namespaced()).orElse(false);
  }

  /** What else a kind's rows are made of, where the server has it and the user may see it. */
  static List<String> needs(String kind) {
    return switch (kind) {
      case RayClusterRow.KIND -> List.of(AppWrapperRow.KIND, WorkloadRow.KIND);
      case AppWrapperRow.KIND -> List.of(RayClusterRow.KIND, WorkloadRow.KIND);
      case RayJobRow.KIND -> List.of(WorkloadRow.KIND);
      default -> List.of();
    };
  }

  /** What is watched with a kind for its rows' sake, in the same namespaces. */
  static List<String> companions(String kind) {
    return kind.equals(RayClusterRow.KIND) ? List.of(PodRow.KIND, EventRow.KIND) : List.of();
  }

  /** What tells why something of that kind is as it is: of a job, what tells it of its cluster. */
  static List<String> causes(String kind) {
    return companions(kind.equals(RayJobRow.KIND) ? RayClusterRow.KIND : kind);
  }

  /** The kinds whose answers depend on that one. */
  static List<String> dependents(String kind) {
    return RESOURCES.stream()
        .map(Resource::name)
        .filter(name -> needs(name).contains(kind))
        .toList();
  }
}
