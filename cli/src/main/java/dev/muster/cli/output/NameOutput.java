package dev.muster.cli.output;

import dev.muster.cli.Out;
import dev.muster.v1.GetReply;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.Resource;

/** {@code raycluster/demo}, one a line. */
public final class NameOutput implements Output {
  private final Out out;

  public NameOutput(Out out) {
    this.out = out;
  }

  @Override
  public Layout layout() {
    return Layout.RECORDS;
  }

  @Override
  public void add(ListChunk chunk) {
    chunk.getResourcesList().forEach(this::print);
  }

  @Override
  public void finish() {}

  @Override
  public void show(GetReply reply) {
    print(reply.getResource());
  }

  private void print(Resource resource) {
    String name = resource.getAddress().isEmpty() ? resource.getName() : resource.getAddress();
    out.println(Cells.clean(resource.getKind() + "/" + name));
  }
}
