package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How users stop what Kueue manages: its own field "suspend" is Kueue's to set, so they deactivate
 * its Workload.
 */
public abstract class DeactivationContract extends QueueContract {

  private final String rayjobs = rayclusters.replace("rayclusters", "rayjobs");

  @AfterEach
  void dropJobs() {
    admin.delete(rayjobs);
  }

  /** Sets "spec.active" of the one that an object of that name has. */
  private void activate(String owner, boolean active) {
    admin.merge(path(owner), "{\"spec\":{\"active\":%s}}".formatted(active));
  }

  private String path(String owner) {
    return workloads + "/" + workload(owner).orElseThrow().at("/metadata/name").asText();
  }

  @Test
  void a_running_job_that_is_suspended_by_hand_is_resumed_and_one_resumed_too_early_stopped() {
    create(queued(Samples.demo("direct", "1")));
    awaitWorkload("direct", "Admitted", "True Admitted");
    eventually(rayclusters + "/direct", reply -> !reply.body().at("/spec/suspend").asBoolean(true));
    admin.merge(rayclusters + "/direct", "{\"spec\":{\"suspend\":true}}");
    eventually(rayclusters + "/direct", reply -> !reply.body().at("/spec/suspend").asBoolean(true));
    create(queued(Samples.demo("big", "100")));
    awaitWorkload("big", "QuotaReserved", "False Pending");
    admin.merge(rayclusters + "/big", "{\"spec\":{\"suspend\":false}}");
    eventually(rayclusters + "/big", reply -> reply.body().at("/spec/suspend").asBoolean(false));
  }

  @Test
  void an_appwrapper_that_is_suspended_by_hand_goes_on() {
    create(appwrappers, wrapped("one", "1"));
    awaitPhase("one", "Running");
    Reply suspended = admin.merge(appwrappers + "/one", "{\"spec\":{\"suspend\":true}}");
    assertThat(suspended.body().at("/spec/suspend").asBoolean()).isTrue();
    eventually(appwrappers + "/one", reply -> !reply.body().at("/spec/suspend").asBoolean());
    awaitPhase("one", "Running");
    assertThat(condition(workload("one").orElseThrow(), "Admitted")).isEqualTo("True Admitted");
  }

  @Test
  void a_deactivated_workload_gives_its_quota_back() {
    create(queued(Samples.demo("direct", "1")));
    JsonNode workload = awaitWorkload("direct", "Admitted", "True Admitted");
    String path = workloads + "/" + workload.at("/metadata/name").asText();
    admin.merge(path, "{\"spec\":{\"active\":false}}");
    JsonNode evicted =
        eventually(path, reply -> condition(reply.body(), "QuotaReserved").equals("False Pending"))
            .body();
    assertThat(condition(evicted, "Evicted")).isEqualTo("True Deactivated");
    assertThat(message(evicted, "Evicted")).isEqualTo("The workload is deactivated");
    assertThat(condition(evicted, "Admitted")).isEqualTo("False NoReservation");
    assertThat(evicted.path("status").has("admission")).isFalse();
    assertThat(admin.get(rayclusters + "/direct").body().at("/spec/suspend").asBoolean()).isTrue();
    admin.merge(path, "{\"spec\":{\"active\":true}}");
    JsonNode again =
        eventually(path, reply -> condition(reply.body(), "Admitted").equals("True Admitted"))
            .body();
    assertThat(condition(again, "Evicted")).isEqualTo("False QuotaReserved");
    assertThat(message(again, "Evicted")).isEqualTo("Previously: The workload is deactivated");
  }

  @Test
  void an_appwrapper_whose_workload_is_deactivated_stays_suspended_until_it_is_active_again() {
    create(appwrappers, wrapped("one", "2"));
    awaitPhase("one", "Running");
    create(appwrappers, wrapped("two", "2"));
    awaitWorkload("two", "QuotaReserved", "False Pending");

    activate("one", false);
    JsonNode stopped = awaitPhase("one", "Suspended");
    assertThat(stopped.at("/spec/suspend").asBoolean()).isTrue();
    JsonNode evicted = awaitWorkload("one", "Requeued", "False Deactivated");
    assertThat(message(evicted, "Requeued")).isEqualTo("The workload is deactivated");
    assertThat(message(evicted, "QuotaReserved")).isEqualTo("The workload is deactivated");
    awaitPhase("two", "Running");
    admin.delete(appwrappers + "/two");
    eventually(appwrappers + "/two", reply -> reply.code() == 404);
    eventually(
        localqueues + "/main",
        reply -> reply.body().at("/status/reservingWorkloads").asInt(-1) == 0);
    assertThat(condition(workload("one").orElseThrow(), "QuotaReserved"))
        .isEqualTo("False Pending");
    assertThat(admin.get(appwrappers + "/one").body().at("/status/phase").asText())
        .isEqualTo("Suspended");

    activate("one", true);
    awaitPhase("one", "Running");
    JsonNode again = awaitWorkload("one", "Admitted", "True Admitted");
    assertThat(condition(again, "Requeued")).isEqualTo("True Reactivated");
    assertThat(message(again, "Requeued")).isEqualTo("The workload was reactivated");
  }

  @Test
  void a_rayjob_whose_workload_is_deactivated_is_suspended() {
    ObjectNode job = job("train");
    ((ObjectNode) job.get("metadata")).putObject("labels").put(QUEUE, "main");
    create(rayjobs, job);
    awaitWorkload("train", "Admitted", "True Admitted");
    eventually(rayjobs + "/train", reply -> !reply.body().at("/spec/suspend").asBoolean());

    activate("train", false);
    awaitWorkload("train", "QuotaReserved", "False Pending");
    JsonNode stopped =
        eventually(
                rayjobs + "/train",
                reply ->
                    reply.body().at("/status/jobDeploymentStatus").asText().equals("Suspended"))
            .body();
    assertThat(stopped.at("/spec/suspend").asBoolean()).isTrue();

    activate("train", true);
    awaitWorkload("train", "Admitted", "True Admitted");
    eventually(rayjobs + "/train", reply -> !reply.body().at("/spec/suspend").asBoolean());
  }

  @Test
  void one_that_waits_for_quota_gets_none_while_it_is_deactivated() {
    create(queued(Samples.demo("first", "2")));
    awaitWorkload("first", "Admitted", "True Admitted");
    create(queued(Samples.demo("next", "2")));
    JsonNode waiting = awaitWorkload("next", "QuotaReserved", "False Pending");

    activate("next", false);
    JsonNode evicted = awaitWorkload("next", "Evicted", "True Deactivated");
    assertThat(message(evicted, "Evicted")).isEqualTo("The workload is deactivated");
    assertThat(message(evicted, "QuotaReserved")).isEqualTo(message(waiting, "QuotaReserved"));
    admin.delete(rayclusters + "/first");
    eventually(
        localqueues + "/main",
        reply -> reply.body().at("/status/reservingWorkloads").asInt(-1) == 0);
    assertThat(condition(workload("next").orElseThrow(), "QuotaReserved"))
        .isEqualTo("False Pending");

    activate("next", true);
    JsonNode admitted = awaitWorkload("next", "Admitted", "True Admitted");
    assertThat(condition(admitted, "Evicted")).isEqualTo("False QuotaReserved");
  }

  @Test
  void one_that_asks_for_something_else_meanwhile_gets_an_active_workload_and_goes_on() {
    create(queued(Samples.demo("demo", "1")));
    awaitWorkload("demo", "Admitted", "True Admitted");
    activate("demo", false);
    eventually(
        rayclusters + "/demo",
        reply -> reply.body().at("/status/state").asText().equals("suspended"));

    Reply scaled =
        admin.patch(
            rayclusters + "/demo",
            "application/json-patch+json",
            "[{\"op\":\"replace\",\"path\":\"/spec/workerGroupSpecs/0/minReplicas\",\"value\":1},"
                + "{\"op\":\"replace\",\"path\":\"/spec/workerGroupSpecs/0/replicas\",\"value\":1}]");
    assertThat(scaled.code()).isEqualTo(200);

    eventually(
        workloads,
        reply ->
            workload("demo")
                .filter(one -> one.at("/spec/active").asBoolean())
                .filter(one -> condition(one, "Admitted").equals("True Admitted"))
                .isPresent());
    eventually(rayclusters + "/demo", reply -> !reply.body().at("/spec/suspend").asBoolean());
  }

  private JsonNode awaitPhase(String wrapper, String phase) {
    return eventually(
            appwrappers + "/" + wrapper,
            reply -> reply.body().at("/status/phase").asText().equals(phase))
        .body();
  }
}
