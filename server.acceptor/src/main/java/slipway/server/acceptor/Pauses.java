package slipway.server.acceptor;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how often an acceptor has stopped accepting by itself, for as long as it is there. Counted
 * in the event loop that accepts, read in any thread.
 */
final class Pauses {

  /** Why it accepts nobody although it is to. */
  enum Reason {
    /** It has as many connections as it may have. */
    LIMIT,
    /** File descriptors are short. */
    DESCRIPTORS,
    /** The system has refused. */
    FAILURE;

    /** As a label has it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

  Pauses() {
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  void count(Reason reason) {
    counts.get(reason).increment();
  }

  long of(Reason reason) {
    return counts.get(reason).sum();
  }
}
