package dev.muster.daemon.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class StoreTest {

  private final Store store = new Store(List.of(ResourceType.PODS, ResourceType.SECRETS));

  private static ObjectNode pod(String namespace, String name) {
    ObjectNode tree = Json.object().put("kind", "Pod").put("apiVersion", "v1");
    tree.putObject("metadata")
        .put("namespace", namespace)
        .put("name", name)
        .put("uid", UUID.randomUUID().toString());
    return tree;
  }

  @Test
  void versions_increase_over_everything() throws Exception {
    StoredObject first = store.put(ResourceType.PODS, pod("a", "one"), null);
    StoredObject second = store.put(ResourceType.PODS, pod("b", "one"), null);
    assertThat(second.version()).isGreaterThan(first.version());
    assertThat(second.tree().at("/metadata/resourceVersion").asText())
        .isEqualTo(Long.toString(second.version()));
    assertThat(store.version()).isEqualTo(second.version());
    assertThat(second).hasToString("Pod b/one@" + second.version());
  }

  @Test
  void a_write_made_from_an_old_version_is_refused() throws Exception {
    StoredObject first = store.put(ResourceType.PODS, pod("a", "one"), null);
    store.put(ResourceType.PODS, first.tree(), first);
    assertThatThrownBy(() -> store.put(ResourceType.PODS, first.tree(), first))
        .isInstanceOf(StaleWriteException.class);
    assertThatThrownBy(() -> store.put(ResourceType.PODS, pod("a", "one"), null))
        .isInstanceOf(StaleWriteException.class);
    assertThatThrownBy(() -> store.remove(first)).isInstanceOf(StaleWriteException.class);
  }

  @Test
  void a_namespace_does_not_show_its_neighbours() throws Exception {
    for (String namespace : List.of("a", "a-b", "ab")) {
      store.put(ResourceType.PODS, pod(namespace, "one"), null);
    }
    assertThat(store.list(ResourceType.PODS, "a").objects()).hasSize(1);
    assertThat(store.list(ResourceType.PODS, "").objects()).hasSize(3);
  }

  @Test
  void dependents_are_found_by_their_owner_until_they_go() throws Exception {
    ObjectNode child = pod("a", "child");
    Json.child(child, "metadata").putArray("ownerReferences").addObject().put("uid", "owner");
    StoredObject stored = store.put(ResourceType.PODS, child, null);
    assertThat(store.dependents("owner")).containsExactly(stored);
    assertThat(store.get(stored.uid())).contains(stored);
    store.remove(stored);
    assertThat(store.dependents("owner")).isEmpty();
    assertThat(store.get(stored.uid())).isEmpty();
  }

  @Test
  void the_history_forgets_its_oldest_changes() throws Exception {
    History.Cursor slow = store.history(ResourceType.PODS).after(store.version());
    long start = store.version();
    StoredObject pod = store.put(ResourceType.PODS, pod("a", "one"), null);
    for (int i = 0; i < Store.HISTORY; i++) {
      pod = store.put(ResourceType.PODS, pod.tree(), pod);
    }
    History history = store.history(ResourceType.PODS);
    assertThat(history.oldest()).isGreaterThan(start);
    assertThatThrownBy(() -> history.after(start))
        .isInstanceOf(ExpiredException.class)
        .hasMessageStartingWith("too old resource version: " + start + " (");
    assertThatThrownBy(() -> slow.poll(Duration.ZERO)).isInstanceOf(ExpiredException.class);
    assertThat(history.after(history.oldest()).poll(Duration.ZERO)).hasSize(Store.HISTORY);
    assertThat(store.history(ResourceType.SECRETS).oldest()).isEqualTo(start);
  }

  @Test
  void a_cursor_reads_each_change_once_and_can_be_closed() throws Exception {
    History.Cursor cursor = store.history(ResourceType.PODS).after(store.version());
    StoredObject pod = store.put(ResourceType.PODS, pod("a", "one"), null);
    store.remove(pod);
    List<Change> changes = cursor.poll(Duration.ofSeconds(1));
    assertThat(changes).extracting(Change::deleted).containsExactly(false, true);
    assertThat(cursor.poll(Duration.ZERO)).isEmpty();
    cursor.close();
    assertThat(cursor.poll(Duration.ofDays(1))).isEmpty();
    assertThat(cursor.closed()).isTrue();
  }
}
