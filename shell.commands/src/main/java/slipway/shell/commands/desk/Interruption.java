package slipway.shell.commands.desk;

/**
 * Interrupts the thread of a call, but only while the call runs: a later interrupt would hit what
 * the thread does next.
 */
final class Interruption {

  private final Thread thread;
  private boolean over;
  private boolean interrupted;

  Interruption(Thread thread) {
    this.thread = thread;
  }

  /** May be called from any thread, any number of times. */
  synchronized void interrupt() {
    if (!over) {
      interrupted = true;
      thread.interrupt();
    }
  }

  /** By the thread of the call, when the call is over: no interrupt is left after it. */
  synchronized void end() {
    over = true;
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
