package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Jobs.Progress;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Row;
import java.io.IOException;

/**
 * What can be done with the jobs of one kind at a site; see {@link dev.muster.daemon.core.Jobs}.
 */
public interface JobRunner {
  Submitted submit(Site site, Submission what, Progress progress, Cancellation cancellation);

  Row stop(Site site, String name);

  Row resubmit(Site site, String name);

  Row logs(Site site, LogQuery query, LogSink sink, Cancellation cancellation) throws IOException;
}
