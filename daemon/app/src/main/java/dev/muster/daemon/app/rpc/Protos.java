package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Estimate;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.v1.Resource;
import dev.muster.v1.Setting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Between the contract's messages and the daemon's records: generated types stop here. */
final class Protos {
  private Protos() {}

  static Caller caller(dev.muster.v1.Caller caller) {
    String directory = caller.getDirectory().isEmpty() ? "/" : caller.getDirectory();
    return new Caller(Path.of(directory), caller.getEnvironmentMap(), caller.getTerminal());
  }

  static Target target(dev.muster.v1.Target target) {
    return new Target(
        target.getKubeconfig(),
        target.getContext(),
        target.getNamespace(),
        target.getAllNamespaces(),
        target.getAs(),
        new Target.Dashboard(
            target.getDashboard().getCluster(),
            target.getDashboard().getAddress(),
            target.getDashboard().getHeaders(),
            target.getDashboard().getVerify()));
  }

  static Map<String, List<String>> settings(List<Setting> settings) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    settings.forEach(setting -> map.put(setting.getName(), List.copyOf(setting.getValuesList())));
    return map;
  }

  static dev.muster.v1.Observation observation(Observation observation) {
    return dev.muster.v1.Observation.newBuilder()
        .setSource(observation.scope().source())
        .setContext(observation.scope().context())
        .setKind(observation.kind())
        .setObservedAtMs(millis(observation.at()))
        .setLive(observation.live())
        .setReason(observation.reason())
        .build();
  }

  static Resource resource(Scope scope, Row row) {
    return Resource.newBuilder()
        .setSource(scope.source())
        .setContext(scope.context())
        .setKind(row.key().kind())
        .setNamespace(row.key().namespace())
        .setName(row.key().name())
        .setUid(row.uid())
        .setVersion(row.version())
        .setState(row.state().name())
        .setNativeState(row.nativeState())
        .setReady(row.ready())
        .setReason(row.reason())
        .setCreatedAtMs(millis(row.created()))
        .setChangedAtMs(millis(row.changed()))
        .setObservedAtMs(millis(row.observed()))
        .setOwner(row.owner())
        .setDetailsJson(row.details())
        .build();
  }

  static dev.muster.v1.Estimate estimate(Estimate estimate) {
    return dev.muster.v1.Estimate.newBuilder()
        .setMedianMs(estimate.median().toMillis())
        .setNinetiethMs(estimate.ninetieth().toMillis())
        .setRuns(estimate.runs())
        .build();
  }

  static dev.muster.v1.Column column(Column column) {
    return dev.muster.v1.Column.newBuilder()
        .setTitle(column.title())
        .setWide(column.wide())
        .build();
  }

  /** 0 stands for never, as the contract says. */
  static long millis(Instant instant) {
    return instant == null ? 0 : instant.toEpochMilli();
  }
}
