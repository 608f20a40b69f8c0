package dev.muster.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Out;
import dev.muster.cli.Samples;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Out out = new Out(bytes);

  private String text() {
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void one_resource_is_one_json_record() {
    new JsonOutput(out).show(Samples.reply());
    assertThat(text())
        .isEqualTo(
            """
            {
              "source": "kubernetes",
              "context": "lab",
              "kind": "raycluster",
              "namespace": "team-a",
              "name": "demo",
              "uid": "u-1",
              "state": "READY",
              "nativeState": "ready",
              "ready": true,
              "reason": "",
              "created": "2026-11-21T14:00:00Z",
              "changed": "2026-11-21T14:02:11Z",
              "observedAt": "2026-11-21T14:05:10Z",
              "live": true,
              "owner": "",
              "details": {
                "workers": {
                  "desired": 2,
                  "ready": 2
                },
                "image": null
              }
            }
            """);
  }

  @Test
  void a_list_is_items_and_observations_over_all_chunks() {
    Output json = new JsonOutput(out);
    json.add(Samples.records(Samples.demo()));
    json.add(ListChunk.newBuilder().addResources(Samples.queued()).build());
    json.finish();
    assertThat(Json.compact(Json.parse(text())))
        .isEqualTo(
            "{\"items\":["
                + "{\"source\":\"kubernetes\",\"context\":\"lab\",\"kind\":\"raycluster\","
                + "\"namespace\":\"team-a\",\"name\":\"demo\",\"uid\":\"u-1\",\"state\":\"READY\","
                + "\"nativeState\":\"ready\",\"ready\":true,\"reason\":\"\","
                + "\"created\":\"2026-11-21T14:00:00Z\",\"changed\":\"2026-11-21T14:02:11Z\","
                + "\"observedAt\":\"2026-11-21T14:05:10Z\",\"live\":true,\"owner\":\"\","
                + "\"details\":{\"workers\":{\"desired\":2,\"ready\":2},\"image\":null}},"
                + "{\"source\":\"kubernetes\",\"context\":\"lab\",\"kind\":\"raycluster\","
                + "\"namespace\":\"team-a\",\"name\":\"later\",\"uid\":\"u-2\",\"state\":\"QUEUED\","
                + "\"nativeState\":\"\",\"ready\":false,\"reason\":\"quota of queue gpu is used up\","
                + "\"created\":\"2026-11-21T14:00:00Z\",\"changed\":null,"
                + "\"observedAt\":\"2026-11-21T14:05:10Z\",\"live\":true,"
                + "\"owner\":\"AppWrapper/later\",\"details\":{}}],"
                + "\"observations\":[{\"source\":\"kubernetes\",\"context\":\"lab\","
                + "\"kind\":\"raycluster\",\"observedAt\":\"2026-11-21T14:05:10Z\",\"live\":true,"
                + "\"reason\":\"\"}]}");
  }

  @Test
  void an_empty_list_is_an_object_too() {
    new JsonOutput(out).finish();
    assertThat(text()).isEqualTo("{\n  \"items\": [],\n  \"observations\": []\n}\n");
  }

  @Test
  void yaml_is_the_same_record() {
    Output yaml = new YamlOutput(out);
    yaml.show(Samples.reply().toBuilder().setResource(Samples.queued()).build());
    assertThat(text())
        .isEqualTo(
            """
            source: kubernetes
            context: lab
            kind: raycluster
            namespace: team-a
            name: later
            uid: u-2
            state: QUEUED
            nativeState: ''
            ready: false
            reason: quota of queue gpu is used up
            created: 2026-11-21T14:00:00Z
            changed: null
            observedAt: 2026-11-21T14:05:10Z
            live: true
            owner: AppWrapper/later
            details: {}
            """);
  }

  @Test
  void a_text_that_looks_like_something_else_is_quoted_in_yaml() {
    assertThat(YamlOutput.yaml(List.of("True", "12", "null", "plain", "a: b", "two\nlines")))
        .isEqualTo("- 'True'\n- '12'\n- 'null'\n- plain\n- 'a: b'\n- |-\n  two\n  lines\n");
  }

  @Test
  void a_list_is_the_same_tree_in_yaml_and_for_jsonpath() {
    Output yaml = new YamlOutput(out);
    yaml.add(ListChunk.newBuilder().addObservations(Samples.stale()).build());
    yaml.finish();
    Output jsonPath = new JsonPathOutput(out, "{.items[*].name} {.observations[0].live}{\"\\n\"}");
    jsonPath.add(Samples.records(Samples.demo(), Samples.queued()));
    jsonPath.finish();
    assertThat(text())
        .isEqualTo(
            """
            items: []
            observations:
            - source: kubernetes
              context: lab
              kind: raycluster
              observedAt: 2026-11-21T14:02:11Z
              live: false
              reason: the server cannot be reached
            demo later true
            """);
  }

  @Test
  void names_are_kind_and_name() {
    Output names = new NameOutput(out);
    names.add(Samples.records(Samples.demo(), Samples.queued()));
    names.finish();
    names.show(Samples.reply());
    assertThat(text()).isEqualTo("raycluster/demo\nraycluster/later\nraycluster/demo\n");
  }

  @Test
  void a_record_is_not_live_when_its_own_observation_is_not() {
    assertThat(Records.of(Samples.demo(), List.of(Samples.stale()))).containsEntry("live", false);
    assertThat(
            Records.of(
                Samples.demo(), List.of(Samples.live().toBuilder().setContext("other").build())))
        .containsEntry("live", false);
  }

  @Test
  void details_that_are_no_json_are_shown_as_text() {
    assertThat(Json.parse("{broken")).isEqualTo("{broken");
    assertThat(Json.compact(Json.parse("[1,2.5,true,false,null,\"x\",{}]")))
        .isEqualTo("[1,2.5,true,false,null,\"x\",{}]");
  }

  @Test
  void tables_ask_for_cells_and_records_for_records() {
    assertThat(new TableOutput(out, false, true).layout()).isEqualTo(Layout.CELLS);
    assertThat(new LinesOutput(out, false, true).layout()).isEqualTo(Layout.CELLS);
    assertThat(new CsvOutput(out, true).layout()).isEqualTo(Layout.CELLS);
    assertThat(new NameOutput(out).layout()).isEqualTo(Layout.RECORDS);
    assertThat(new JsonOutput(out).layout()).isEqualTo(Layout.RECORDS);
    assertThat(new YamlOutput(out).layout()).isEqualTo(Layout.RECORDS);
  }
}
