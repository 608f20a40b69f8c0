package dev.muster.cli.listing;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.FreshnessOptions;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Output;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import dev.muster.v1.Match;
import dev.muster.v1.Observation;
import dev.muster.v1.StateGrpc;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every list has in common: a kind's list differs by its noun and its examples only. */
public abstract class ListingCommand extends NounCommand {
  /** Enough for the first list of a large cluster; the daemon itself gives up before. */
  private static final long DEADLINE_SECONDS = 120;

  @Mixin protected TargetOptions target;
  @Mixin protected OutputOptions output;
  @Mixin protected FreshnessOptions freshness;

  @Option(
      names = {"-A", "--all", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "Only those with these labels, such as team=vision,tier!=test.")
  String selector = "";

  @Option(
      names = "--sort-by",
      paramLabel = "COLUMN",
      description = "The title of the column to sort by; otherwise by namespace and name.")
  String sortBy = "";

  @Spec CommandSpec spec;

  protected ListingCommand(Noun noun) {
    super(noun);
  }

  @Override
  protected void configure(CommandSpec command) {
    Filters.add(noun, command);
    super.configure(command);
  }

  /** What the rows have to be, by the options that this noun alone has. */
  protected final List<Match> matches() {
    return Filters.typed(noun, spec.commandLine().getParseResult());
  }

  protected boolean allNamespaces() {
    return allNamespaces;
  }

  /** What is asked, but for who asks. */
  public ListRequest request(Layout layout) {
    return ListRequest.newBuilder()
        .setTarget(target.target(allNamespaces))
        .setKind(noun.name())
        .setLayout(layout)
        .setFreshness(freshness.freshness())
        .setSelector(selector)
        .setSortBy(sortBy)
        .addAllMatches(matches())
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    Output printer = output.output(session.io());
    ListRequest request = request(printer.layout());
    request = request.toBuilder().setCaller(session.caller()).build();
    Iterator<ListChunk> chunks =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .list(request);
    List<Observation> observations = new ArrayList<>();
    int found = 0;
    while (chunks.hasNext()) {
      ListChunk chunk = chunks.next();
      observations.addAll(chunk.getObservationsList());
      found += chunk.getRowsCount() + chunk.getResourcesCount();
      printer.add(chunk);
    }
    printer.finish();
    session.io().out().flush();
    if (found == 0 && observations.stream().allMatch(Observation::getLive)) {
      session.io().warn("No resources found");
    }
    Freshness.report(session.io(), observations);
    return ExitCode.DONE;
  }
}
