package dev.muster.daemon.core;

import java.nio.file.Path;
import java.util.Map;

/**
 * What only the command can know about where it was typed.
 *
 * @param directory the absolute current directory
 * @param environment the allow-listed variables; its values are never logged or stored
 * @param terminal whether a person looks at the output
 */
public record Caller(Path directory, Map<String, String> environment, boolean terminal) {
  public Caller {
    environment = Map.copyOf(environment);
  }

  /** Names no value of the environment: it can hold secrets. */
  @Override
  public String toString() {
    return "Caller[" + directory + "]";
  }
}
