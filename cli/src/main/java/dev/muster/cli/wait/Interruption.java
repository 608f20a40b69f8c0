package dev.muster.cli.wait;

/**
 * What is to be said when the process is interrupted (Ctrl-C, TERM) while this is open. The process
 * then ends as it would have: with 130 or 143.
 */
public final class Interruption implements AutoCloseable {
  private final Thread hook;

  public Interruption(Runnable said) {
    hook = new Thread(said, "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has run or is running.
    }
  }
}
