package dev.muster.cli;

import dev.muster.cli.client.Backend;
import dev.muster.proto.DaemonException;
import dev.muster.proto.Places;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Types command lines and keeps what they print. It is 14:05:11 UTC on 21 November 2026 in it. */
public final class Shell {
  public static final Instant NOW = Instant.parse("2026-11-21T14:05:11Z");

  /** What one command line came to. */
  public record Result(ExitCode code, String out, String err) {}

  private final Backend.Connector connector;
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";
  private boolean terminal;
  private OutputStream outTo;
  private String program = "muster";

  public Shell(Path directory, Backend.Connector connector) {
    this.directory = directory;
    this.connector = connector;
    environment.put("HOME", directory.toString());
    environment.put("COLUMNS", "40");
  }

  public Shell(Path directory, FakeDaemon daemon) {
    this(directory, start -> daemon);
  }

  /** Where no daemon runs and none can be started. */
  public static Shell withoutDaemon(Path directory) {
    return new Shell(
        directory,
        start -> {
          throw new DaemonException(DaemonException.Kind.NOT_RUNNING, "no daemon is running");
        });
  }

  public Shell terminal() {
    terminal = true;
    return this;
  }

  public Shell typing(String text) {
    input = text;
    return this;
  }

  public Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Called by another name. */
  public Shell as(String name) {
    program = name;
    return this;
  }

  public Shell outTo(OutputStream stream) {
    outTo = stream;
    return this;
  }

  public Io io(InputStream in, OutputStream out, OutputStream err) {
    return new Io(
        in,
        new Out(out),
        new Out(err),
        terminal,
        terminal,
        terminal,
        environment,
        directory,
        Clock.fixed(NOW, ZoneOffset.UTC),
        () -> ZoneOffset.UTC);
  }

  public Places places() {
    return Places.of(environment);
  }

  public Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    Io io = io(in, outTo == null ? out : outTo, err);
    ExitCode code = new Muster(io, this::places, connector, program).run(args);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
