package slipway.launcher;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import slipway.launcher.Signals.Arrival;

/**
 * What SIGTERM and SIGINT do to a host.
 *
 * <pre>
 *  first signal ─▶ shutdown with a deadline ─▶ exit: the framework is stopped ─▶ 143 or 130
 *                                │                              │
 *  second signal ────────────────┴──────────────────────────────┴──▶ halt: 143 or 130 at once
 * </pre>
 *
 * <p>Java's own handlers would ignore a second signal while shutdown hooks run. A person's Ctrl-C
 * belongs to the console while that is open.
 */
final class Termination {

  /** How long the last words may take: an output that nobody reads takes none. */
  private static final long LAST_WORDS_MILLIS = 500;

  private final Consumer<Arrival> shutdown;
  private final Consumer<Arrival> lastWords;
  private final AtomicReference<Arrival> first = new AtomicReference<>();

  /**
   * Makes what has no effect yet.
   *
   * @param shutdown what the first signal does before the process exits; may block
   * @param lastWords what a second signal does before the process ends, if it can be done at once
   */
  Termination(Consumer<Arrival> shutdown, Consumer<Arrival> lastWords) {
    this.shutdown = shutdown;
    this.lastWords = lastWords;
  }

  /** Takes the signals over. */
  void install() {
    Signals.handle("TERM", this::arrived);
    Signals.handle("INT", this::arrived);
  }

  /** The exit code that a signal asks for; empty if none has arrived. */
  OptionalInt exitCode() {
    Arrival arrival = first.get();
    return arrival == null ? OptionalInt.empty() : OptionalInt.of(arrival.exitCode());
  }

  private void arrived(Arrival arrival) {
    if (first.compareAndSet(null, arrival)) {
      shutdown.accept(arrival);
      System.exit(arrival.exitCode());
    }
    endNow(arrival);
  }

  private void endNow(Arrival arrival) {
    try {
      Thread speaker = new Thread(() -> lastWords.accept(arrival), "slipway-last-words");
      speaker.setDaemon(true);
      speaker.start();
      speaker.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException nobodyInterruptsThisThread) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(arrival.exitCode());
    }
  }
}
