package dev.muster.daemon.app.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import dev.muster.daemon.app.answers.PlainSource;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Cancellation;
import dev.muster.proto.Wire;
import dev.muster.v1.CertificateReply;
import dev.muster.v1.CertificateRequest;
import dev.muster.v1.ClientCertificate;
import dev.muster.v1.CollectLogsRequest;
import dev.muster.v1.CollectLogsUpdate;
import dev.muster.v1.DashboardRequest;
import dev.muster.v1.DeleteCertificatesRequest;
import dev.muster.v1.ForwardRequest;
import dev.muster.v1.ForwardUpdate;
import dev.muster.v1.JobsGrpc;
import dev.muster.v1.ListCertificatesRequest;
import dev.muster.v1.LogChunk;
import dev.muster.v1.LogsRequest;
import dev.muster.v1.Port;
import dev.muster.v1.ReachGrpc;
import dev.muster.v1.ResubmitRequest;
import dev.muster.v1.Setting;
import dev.muster.v1.StopJobRequest;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.SubmitUpdate;
import dev.muster.v1.Target;
import dev.muster.v1.TokenRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsServiceTest {
  private static final SubmitRequest TRAIN =
      SubmitRequest.newBuilder()
          .setKind("job")
          .setName("train")
          .addCommand("python")
          .addCommand("main.py")
          .addSettings(Setting.newBuilder().setName("cluster-name").addValues("demo"))
          .build();

  private final PlainSource plain = new PlainSource();
  private final Cancellation end = new Cancellation();
  private Server server;
  private ManagedChannel channel;
  private JobsGrpc.JobsBlockingStub jobs;
  private ReachGrpc.ReachBlockingStub reach;

  @BeforeEach
  void start() throws IOException {
    Sources sources = new Sources(List.of(plain.source()));
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(new JobsService(sources))
            .intercept(new EndInterceptor(end))
            .addService(new ReachService(sources))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
    jobs = JobsGrpc.newBlockingStub(channel);
    reach = ReachGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void a_submission_tells_how_far_it_is_and_then_what_came_of_it() {
    List<SubmitUpdate> updates = ImmutableList.copyOf(jobs.submit(TRAIN));

    SubmitUpdate last = updates.getLast();
    assertThat(last.getResource().getName()).isEqualTo("demo/train");
    assertThat(last.getDashboard()).isEqualTo("https://d.example.org");
    assertThat(last.getWarningsList()).containsExactly("the cluster is busy");
    assertThat(updates.get(updates.size() - 2).getDoneBytes()).isEqualTo(1000);
    assertThat(plain.orders())
        .containsExactly(
            "Submission[kind=job, name=train, settings={cluster-name=[demo]}, command=[python,"
                + " main.py], file=, text=, dryRun=false]");
  }

  @Test
  void not_every_byte_that_is_sent_is_news() {
    assertThat(ImmutableList.copyOf(jobs.submit(TRAIN))).hasSizeBetween(100, 210);
  }

  @Test
  void a_dry_run_answers_with_what_would_be_sent() {
    SubmitUpdate last =
        ImmutableList.copyOf(jobs.submit(TRAIN.toBuilder().setDryRun(true).build())).getLast();

    assertThat(last.getManifestYaml()).isEqualTo("entrypoint: x\n");
    assertThat(last.hasResource()).isFalse();
  }

  @Test
  void what_ray_said_in_many_lines_comes_behind_the_sentence() {
    assertThatThrownBy(() -> jobs.submit(TRAIN.toBuilder().setName("bad").build()).hasNext())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getDescription()).isEqualTo("Ray refused it.");
              assertThat(new String(e.getTrailers().get(Wire.DETAIL), StandardCharsets.UTF_8))
                  .hasSize(Wire.MAX_DETAIL_BYTES)
                  .endsWith("TypeError: no\n");
            });
  }

  @Test
  void a_job_is_in_one_namespace() {
    SubmitRequest everywhere =
        TRAIN.toBuilder().setTarget(Target.newBuilder().setAllNamespaces(true)).build();

    assertThatThrownBy(() -> jobs.submit(everywhere).hasNext())
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("a name needs one namespace");
  }

  @Test
  void stopping_and_running_again_mean_the_job_that_a_part_of_its_name_names() {
    assertThat(
            jobs.stopJob(StopJobRequest.newBuilder().setKind("job").setName("train").build())
                .getResource()
                .getName())
        .isEqualTo("demo/train");
    assertThat(
            jobs.resubmit(ResubmitRequest.newBuilder().setKind("job").setName("train").build())
                .getResource()
                .getName())
        .isEqualTo("demo/train-2");
    assertThat(plain.orders()).containsExactly("stop job demo/train", "resubmit job demo/train");
  }

  @Test
  void a_log_comes_in_chunks_and_ends_with_the_job() {
    LogsRequest request =
        LogsRequest.newBuilder()
            .setKind("job")
            .setName("train")
            .setFollow(true)
            .setSinceMs(5000)
            .setTail(0)
            .setRank(2)
            .setPod("p")
            .putBookmarks("j1", "7")
            .build();

    List<LogChunk> chunks = ImmutableList.copyOf(jobs.logs(request));

    ByteString log =
        chunks.stream().map(LogChunk::getData).reduce(ByteString.EMPTY, ByteString::concat);
    assertThat(log.toStringUtf8()).isEqualTo("one\n".repeat(40_000));
    assertThat(chunks)
        .extracting(chunk -> chunk.getPart() + "=" + chunk.getBookmark())
        .containsExactly("j1=160000", "=", "=", "=");
    assertThat(chunks).extracting(LogChunk::getNote).contains("the dashboard was reached anew");
    assertThat(chunks.getLast().getResource().getName()).isEqualTo("demo/train");
    assertThat(plain.orders())
        .containsExactly(
            "LogQuery[kind=job, name=demo/train, follow=true, since=PT5S, tail=0, rank=2, pod=p,"
                + " bookmarks={j1=7}]");
  }

  @Test
  void all_of_a_log_is_meant_unless_something_is_said() {
    jobs.logs(LogsRequest.newBuilder().setKind("job").setName("train").build())
        .forEachRemaining(chunk -> {});

    assertThat(plain.orders())
        .containsExactly(
            "LogQuery[kind=job, name=demo/train, follow=false, since=null, tail=-1, rank=-1,"
                + " pod=, bookmarks={}]");
  }

  @Test
  void lines_and_ranks_are_counted_from_zero() {
    LogsRequest.Builder request = LogsRequest.newBuilder().setKind("job").setName("train");

    assertThatThrownBy(() -> jobs.logs(request.clone().setTail(-1).build()).hasNext())
        .hasMessageContaining("--tail takes the number of last lines, not -1");
    assertThatThrownBy(() -> jobs.logs(request.clone().setRank(-3).build()).hasNext())
        .hasMessageContaining("--rank takes a number from 0 on, not -3");
  }

  @Test
  void a_log_that_breaks_off_is_no_answer() {
    assertThatThrownBy(
            () ->
                jobs.logs(LogsRequest.newBuilder().setKind("job").setName("broken").build())
                    .hasNext())
        .hasMessageContaining("UNAVAILABLE: the log broke off: connection reset");
  }

  @Test
  void more_than_a_message_holds_comes_in_several_and_the_last_one_is_marked() {
    List<LogChunk> chunks =
        ImmutableList.copyOf(
            jobs.logs(LogsRequest.newBuilder().setKind("job").setName("huge").build()));

    assertThat(chunks)
        .extracting(chunk -> chunk.getData().size(), LogChunk::getBookmark)
        .startsWith(tuple(4 << 20, ""), tuple(4 << 20, ""), tuple(1, "end"));
  }

  @Test
  void a_log_that_is_open_when_the_daemon_ends_says_so_behind_what_it_has_sent() {
    Iterator<LogChunk> chunks =
        jobs.logs(LogsRequest.newBuilder().setKind("job").setName("endless").build());
    assertThat(chunks.next().getData().toStringUtf8()).isEqualTo("again\n");

    end.cancel();

    StatusRuntimeException ended =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> chunks.forEachRemaining(chunk -> {}));
    assertThat(ended.getTrailers().containsKey(Wire.ENDING)).isTrue();
    assertThat(ended).hasMessage("UNAVAILABLE: the daemon was stopped");
    assertThat(plain.orders()).contains("its reader is gone");
    assertThatThrownBy(
            () ->
                jobs.logs(LogsRequest.newBuilder().setKind("job").setName("endless").build())
                    .hasNext())
        .hasMessage("UNAVAILABLE: the daemon was stopped");
  }

  @Test
  void a_log_ends_with_its_reader() {
    Context.CancellableContext context = Context.current().withCancellation();
    AtomicReference<LogChunk> first = new AtomicReference<>();
    context.run(
        () ->
            first.set(
                jobs.logs(LogsRequest.newBuilder().setKind("job").setName("endless").build())
                    .next()));
    context.cancel(null);

    assertThat(first.get().getData().toStringUtf8()).isEqualTo("again\n");
    await().until(() -> plain.orders().contains("its reader is gone"));
  }

  @Test
  void ports_are_open_until_the_caller_goes() {
    Context.CancellableContext context = Context.current().withCancellation();
    AtomicReference<Iterator<ForwardUpdate>> updates = new AtomicReference<>();
    context.run(
        () ->
            updates.set(
                reach.forward(
                    ForwardRequest.newBuilder()
                        .setKind("raycluster")
                        .setName("demo")
                        .addPorts(Port.newBuilder().setName("dashboard").setRemote(8265))
                        .build())));
    ForwardUpdate open = updates.get().next();
    ForwardUpdate note = updates.get().next();
    ForwardUpdate changed = updates.get().next();
    context.cancel(null);

    assertThat(open.getPorts(0).getLocal()).isEqualTo(18265);
    assertThat(open.getWords()).isEqualTo("a port-forward");
    assertThat(note.getChanged()).isEqualTo("it wants certificates");
    assertThat(changed.getChanged()).isEqualTo("the head pod is another one now");
    await()
        .untilAsserted(
            () ->
                assertThat(plain.orders())
                    .containsExactly(
                        "forward raycluster demo [Port[name=dashboard, remote=8265, local=0]]",
                        "over"));
  }

  @Test
  void a_dashboard_that_no_browser_reaches_is_said_to_be_so() {
    DashboardRequest.Builder request = DashboardRequest.newBuilder().setKind("raycluster");

    assertThat(reach.dashboard(request.clone().setName("demo").build()).getUrl())
        .isEqualTo("https://demo.example.org");
    assertThat(reach.dashboard(request.clone().setName("hidden").build()).getReason())
        .isEqualTo("no route leads there.");
    assertThatThrownBy(() -> reach.dashboard(request.clone().setName("absent").build()))
        .hasMessageContaining("NOT_FOUND: there is none.");
  }

  @Test
  void the_token_of_a_cluster_is_asked_for_by_its_name() {
    assertThat(reach.token(TokenRequest.newBuilder().setCluster("demo").build()).getToken())
        .isEqualTo("token-of-demo");
  }

  @Test
  void logs_are_collected_into_the_callers_directory() {
    CollectLogsRequest request =
        CollectLogsRequest.newBuilder()
            .setKind("raycluster")
            .setName("demo")
            .setDirectory("out")
            .build();

    List<CollectLogsUpdate> updates = ImmutableList.copyOf(reach.collectLogs(request));

    assertThat(updates).extracting(CollectLogsUpdate::getLine).contains("demo-head: 3 files");
    assertThat(updates.getLast().getFiles()).isEqualTo(3);
    assertThat(plain.orders()).containsExactly("collect raycluster demo all /out");
  }

  @Test
  void certificates_are_told_of_and_never_their_keys() {
    CertificateReply ready =
        reach.certificate(
            CertificateRequest.newBuilder().setCluster("demo").setAnew(true).setDays(7).build());
    assertThat(ready.getCertificate())
        .isEqualTo(
            ClientCertificate.newBuilder()
                .setCluster("demo")
                .setNamespace("default")
                .setDirectory("/tls/demo")
                .setEndsMs(7000)
                .build());
    assertThat(ready.getMade()).isTrue();
    assertThat(ready.getEnvironment(0).getName()).isEqualTo("RAY_USE_TLS");

    ClientCertificate old =
        reach.listCertificates(ListCertificatesRequest.getDefaultInstance()).getCertificates(0);
    assertThat(old.getEndsMs()).isZero();
    assertThat(old.getExpired()).isTrue();
    DeleteCertificatesRequest expired = DeleteCertificatesRequest.getDefaultInstance();
    assertThat(reach.deleteCertificates(expired).getCertificatesList()).containsExactly(old);
    assertThat(
            reach
                .deleteCertificates(expired.toBuilder().setCluster("demo").build())
                .getCertificatesList())
        .isEmpty();
  }
}
