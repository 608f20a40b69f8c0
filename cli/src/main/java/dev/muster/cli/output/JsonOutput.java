package dev.muster.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.muster.cli.Out;
import dev.muster.v1.GetReply;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.Observation;
import dev.muster.v1.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as JSON: one by itself, or {@code {"items": [...], "observations": [...]}}, written as
 * the chunks come.
 */
public final class JsonOutput implements Output {
  private final Out out;
  private final List<Observation> observations = new ArrayList<>();
  private JsonGenerator generator;

  public JsonOutput(Out out) {
    this.out = out;
  }

  @Override
  public Layout layout() {
    return Layout.RECORDS;
  }

  @Override
  public void add(ListChunk chunk) {
    observations.addAll(chunk.getObservationsList());
    try {
      start();
      for (Resource resource : chunk.getResourcesList()) {
        Json.write(generator, Records.of(resource, observations));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void finish() {
    try {
      start();
      generator.writeEndArray();
      generator.writeFieldName("observations");
      Json.write(generator, observations.stream().map(Records::of).toList());
      generator.writeEndObject();
      generator.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.print("\n");
  }

  @Override
  public void show(GetReply reply) {
    Json.print(out, Records.of(reply));
  }

  private void start() throws IOException {
    if (generator == null) {
      generator = Json.pretty(out);
      generator.writeStartObject();
      generator.writeFieldName("items");
      generator.writeStartArray();
    }
  }
}
