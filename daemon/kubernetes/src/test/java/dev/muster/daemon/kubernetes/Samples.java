package dev.muster.daemon.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Objects as the real operators left them. */
public final class Samples {
  private Samples() {}

  public static ObjectNode sample(String name) {
    try (InputStream stream = Samples.class.getResourceAsStream("/samples/" + name)) {
      return (ObjectNode) Yaml.parse(stream.readAllBytes(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only item of a list. */
  public static ObjectNode only(String name) {
    return (ObjectNode) sample(name).path("items").get(0);
  }

  public static ObjectNode yaml(String text) {
    return (ObjectNode) Yaml.parse(text.getBytes(StandardCharsets.UTF_8), "a test");
  }
}
