package dev.muster.cli;

import dev.muster.cli.access.LoginCommand;
import dev.muster.cli.access.LoginFlow;
import dev.muster.cli.client.Backend;
import dev.muster.cli.client.LostDaemon;
import dev.muster.cli.help.HelpText;
import dev.muster.cli.output.Cells;
import dev.muster.proto.DaemonException;
import dev.muster.proto.Places;
import dev.muster.proto.Wire;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The program: finds the command, lets picocli fill it, runs it, and says in one sentence what went
 * wrong. It never prints a stack trace and never throws.
 */
public final class Muster {
  private final Io io;
  private final Supplier<Places> places;
  private final Backend.Connector connector;
  private final String program;

  /**
   * @param program the name that it was called by: as some, it takes other tools' words
   */
  public Muster(Io io, Supplier<Places> places, Backend.Connector connector, String program) {
    this.io = io;
    this.places = places;
    this.connector = connector;
    this.program = program;
  }

  /** What the process ends with. */
  public ExitCode run(String... args) {
    try {
      ExitCode code = execute(args);
      io.out().flush();
      return code;
    } catch (Out.Closed e) {
      if (e.byReader()) {
        return ExitCode.DONE; // he has what he wanted
      }
      io.warn("muster: the output cannot be written: " + e.why());
      return ExitCode.FAILED;
    } catch (RuntimeException e) {
      return failed(e, args);
    }
  }

  private ExitCode execute(String... args) {
    Resolution found = Resolution.of(rewritten(args));
    if (found.entry() == null) {
      io.out().print(HelpText.overview(found.word()));
      return ExitCode.DONE;
    }
    MusterCommand command = found.entry().make().get();
    if (!parse(command, found)) {
      io.out().print(HelpText.of(found.entry()));
      return ExitCode.DONE;
    }
    try (Session session = new Session(io, places, connector)) {
      if (command.noDaemon) {
        session.withDaemonOfItsOwn();
      }
      try {
        return command.run(session);
      } catch (StatusRuntimeException e) {
        if (!mayLogIn(e, command)) {
          throw e;
        }
        if (!LoginFlow.offered(session, command.aim(), sentence(e))) {
          return ExitCode.NOT_ALLOWED;
        }
        MusterCommand again = found.entry().make().get();
        parse(again, found);
        return again.run(session);
      }
    }
  }

  /** In our words, where another tool's were typed. */
  private String[] rewritten(String... args) {
    if (KubectlRay.isMeant(program, args)) {
      return KubectlRay.rewritten(program, args);
    }
    return Codeflare.isMeant(program, args) ? Codeflare.rewritten(program, args) : args;
  }

  private boolean mayLogIn(StatusRuntimeException refusal, MusterCommand command) {
    return refusal.getStatus().getCode() == Status.Code.UNAUTHENTICATED
        && io.inTerminal()
        && io.errTerminal()
        && !(command instanceof LoginCommand);
  }

  /**
   * The command that the words name, filled but not run: what a test of the grammar looks at.
   *
   * @throws CliFailure if they name none
   */
  public static MusterCommand parse(String... args) {
    Resolution found = Resolution.of(args);
    MusterCommand command = found.entry().make().get();
    parse(command, found);
    return command;
  }

  /** False if help is asked for. */
  private static boolean parse(MusterCommand command, Resolution found) {
    try {
      CommandLine parser = found.entry().parser(command);
      parser.parseArgs(own(command, found.rest()).toArray(String[]::new));
      command.spec(parser.getCommandSpec());
    } catch (CommandLine.ParameterException e) {
      throw CliFailure.usage(ParseErrors.sentence(found.entry(), found.rest(), e));
    }
    return !command.help;
  }

  /** The words that picocli reads; the command line of another program is put aside. */
  private static List<String> own(MusterCommand command, List<String> words) {
    int end = words.indexOf("--");
    if (end < 0 || !(command instanceof TakesCommand taking)) {
      return words;
    }
    taking.command(List.copyOf(words.subList(end + 1, words.size())));
    return words.subList(0, end);
  }

  private ExitCode failed(RuntimeException failure, String... args) {
    try {
      io.out().flush(); // what was done before it failed
    } catch (Out.Closed e) {
      // nobody looks at it any more
    }
    String sentence;
    ExitCode code;
    switch (failure) {
      case CliFailure e -> {
        sentence = e.getMessage();
        code = e.code();
      }
      case DaemonException e -> {
        sentence = e.getMessage();
        code = ExitCode.NO_ANSWER;
      }
      case StatusRuntimeException e -> {
        sentence = sentence(e);
        code = ExitCode.of(e.getStatus().getCode());
      }
      default -> {
        sentence = "this should not have happened: " + failure;
        code = ExitCode.FAILED;
      }
    }
    io.warn("muster: " + sentence);
    if (isVerbose(args)) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        io.warn("  " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
      }
      detail(failure).lines().forEach(line -> io.warn("  " + Cells.clean(line)));
    }
    return code;
  }

  /** What another system said in several lines; empty if there is nothing of the kind. */
  private static String detail(RuntimeException failure) {
    Metadata trailers = Status.trailersFromThrowable(failure);
    byte[] detail = trailers == null ? null : trailers.get(Wire.DETAIL);
    return detail == null ? "" : new String(detail, StandardCharsets.UTF_8);
  }

  /** Also where the words could not be parsed; another program's are not ours. */
  private static boolean isVerbose(String... args) {
    List<String> words = List.of(args);
    int end = words.indexOf("--");
    List<String> own = words.subList(0, end < 0 ? words.size() : end);
    return own.contains("-v") || own.contains("--verbose");
  }

  /** The daemon's own sentence; or ours, where the connection to the daemon itself failed. */
  private String sentence(StatusRuntimeException failure) {
    LostDaemon lost = LostDaemon.of(failure);
    if (lost != LostDaemon.NOT_LOST) {
      return lost.sentence(places.get());
    }
    Status status = failure.getStatus();
    String said = status.getDescription();
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return "the daemon did not answer in time; its log is " + places.get().log();
    }
    if (said == null || said.isBlank()) {
      return "the daemon answered " + status.getCode();
    }
    int end = said.indexOf('\n'); // more lines are for -v
    return Cells.clean(end < 0 ? said : said.substring(0, end));
  }
}
