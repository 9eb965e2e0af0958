package slipway.shell.commands.desk;

/**
 * Interrupts the thread of a call, but only while the call runs: what comes later would meet what
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

  /** By the thread of the call, when the call is over: nothing is left of an interrupt then. */
  synchronized void end() {
    over = true;
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
