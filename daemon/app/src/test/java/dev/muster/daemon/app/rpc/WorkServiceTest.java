package dev.muster.daemon.app.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.app.answers.Changes;
import dev.muster.daemon.app.answers.PlainSource;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.app.answers.Writes;
import dev.muster.v1.AddWorkerGroupRequest;
import dev.muster.v1.ApplyRequest;
import dev.muster.v1.DiffRequest;
import dev.muster.v1.Manifest;
import dev.muster.v1.PatchRequest;
import dev.muster.v1.ScaleRequest;
import dev.muster.v1.Setting;
import dev.muster.v1.SuspendRequest;
import dev.muster.v1.UpdateRequest;
import dev.muster.v1.WorkGrpc;
import dev.muster.v1.WriteReply;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkServiceTest {
  private static final String KIND = "raycluster";
  private static final Manifest PIPED = Manifest.newBuilder().setYaml("text").build();

  private static final AddWorkerGroupRequest GROUP =
      AddWorkerGroupRequest.newBuilder()
          .setKind(KIND)
          .setCluster("demo")
          .setWorkerGroup("gpu")
          .build();

  private final PlainSource plain = new PlainSource();
  private Server server;
  private ManagedChannel channel;
  private WorkGrpc.WorkBlockingStub work;

  @BeforeEach
  void start() throws IOException {
    Sources sources = new Sources(List.of(plain.source()));
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new WorkService(new Writes(sources), new Changes(sources)))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    work = WorkGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void a_worker_group_comes_with_what_is_to_be_known_of_it() {
    WriteReply added =
        work.addWorkerGroup(
            GROUP.toBuilder()
                .addSettings(Setting.newBuilder().setName("worker-gpus").addValues("1"))
                .setMin(0)
                .setDryRun(true)
                .build());
    work.addWorkerGroup(GROUP.toBuilder().setReplicas(2).setMax(4).build());

    assertThat(added.getResource().getName()).isEqualTo("demo/gpu");
    assertThat(added.getWarningsList()).containsExactly("nobody reserved it");
    assertThat(plain.orders())
        .containsExactly(
            "addWorkerGroup raycluster demo NewGroup[name=gpu, settings={worker-gpus=[1]},"
                + " replicas=null, min=0, max=null] true",
            "addWorkerGroup raycluster demo NewGroup[name=gpu, settings={}, replicas=2, min=null,"
                + " max=4] false");
  }

  @Test
  void every_order_reaches_the_source_as_it_was_given() {
    assertThat(
            work.apply(
                    ApplyRequest.newBuilder()
                        .setKind(KIND)
                        .setManifest(PIPED)
                        .setForce(true)
                        .build())
                .getResource()
                .getName())
        .isEqualTo("demo");
    work.update(
        UpdateRequest.newBuilder().setKind(KIND).setManifest(PIPED).setDryRun(true).build());
    work.update(
        UpdateRequest.newBuilder()
            .setKind(KIND)
            .setManifest(PIPED)
            .setEditedFrom("as it was")
            .build());
    work.patch(PatchRequest.newBuilder().setKind(KIND).setName("demo").setPatch("{}").build());
    work.scale(
        ScaleRequest.newBuilder()
            .setKind(KIND)
            .setName("demo")
            .setWorkerGroup("gpu")
            .setMin(0)
            .setMax(8)
            .build());
    ScaleRequest three =
        ScaleRequest.newBuilder().setKind(KIND).setName("demo").setReplicas(3).build();
    assertThat(work.scale(three).getWarningsList()).containsExactly("it goes on");
    work.suspend(
        SuspendRequest.newBuilder().setKind(KIND).setName("demo").setSuspended(true).build());
    assertThat(
            work.diff(DiffRequest.newBuilder().setKind(KIND).setManifest(PIPED).build()).getDiff())
        .isEqualTo("-a\n+b\n");
    assertThat(plain.orders())
        .containsExactly(
            "apply raycluster text standard input true false",
            "update raycluster text standard input true",
            "edit raycluster as it was text false",
            "patch raycluster demo {} merge false",
            "scale raycluster demo gpu null 0 8 false",
            "scale raycluster demo  3 null null false",
            "suspend raycluster demo true false",
            "diff raycluster text standard input");
  }
}
