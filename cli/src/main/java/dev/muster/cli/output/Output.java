package dev.muster.cli.output;

import dev.muster.v1.GetReply;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;

/**
 * One form of results. Rows come in chunks; a form may print each as it comes, or all at the end.
 */
public interface Output {
  /** What it needs of the daemon. */
  Layout layout();

  /** Some rows of a list; the first chunk has the columns. */
  void add(ListChunk chunk);

  /** The end of the list. Nothing is printed after it. */
  void finish();

  /** One resource by itself, instead of a list. */
  void show(GetReply reply);

  /** The same as a list of one, for the forms that make no difference. */
  static ListChunk listed(GetReply reply) {
    return ListChunk.newBuilder()
        .addAllColumns(reply.getColumnsList())
        .addRows(reply.getRow())
        .build();
  }
}
