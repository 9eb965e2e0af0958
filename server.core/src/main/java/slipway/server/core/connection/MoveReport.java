package slipway.server.core.connection;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells the log once which connections a hand-over has moved and which have stayed, when all have
 * been seen to: a line for each would cost the event loops more than the moves. May be used from
 * any thread.
 */
final class MoveReport {

  private static final Logger LOG = LoggerFactory.getLogger(MoveReport.class);

  /** How the outcome begins that is news of a connection that has stayed. */
  static final String MOVED = "handed over";

  private final String what;
  private final boolean again;
  private final Map<String, TreeSet<Long>> outcomes = new TreeMap<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int pending;

  /**
   * Makes a report.
   *
   * @param what what is handed over
   * @param connections how many connections are seen to
   */
  MoveReport(String what, int connections) {
    this(what, connections, false);
  }

  private MoveReport(String what, int connections, boolean again) {
    this.what = what;
    this.again = again;
    this.pending = connections;
    if (connections == 0) {
      done.complete(null);
    }
  }

  /** A report of one connection that has been told of as one that stays. */
  static MoveReport again(String what) {
    return new MoveReport(what, 1, true);
  }

  /** Completed when all have been seen to. */
  CompletableFuture<Void> done() {
    return done;
  }

  /**
   * A connection has been seen to.
   *
   * @param outcome what became of it; empty if there was nothing to do
   */
  synchronized void seen(long connection, String outcome) {
    if (!outcome.isEmpty()) {
      outcomes.computeIfAbsent(outcome, key -> new TreeSet<>()).add(connection);
    }
    pending--;
    if (pending == 0) {
      outcomes.forEach(this::tell);
      done.complete(null);
    }
  }

  private void tell(String ended, TreeSet<Long> connections) {
    boolean known = again && !ended.startsWith(MOVED);
    LOG.atLevel(known ? Level.DEBUG : Level.INFO)
        .log(
            "{}: {} {}: connections {}",
            what,
            connections.size(),
            ended,
            ranges(List.copyOf(connections)));
  }

  /** Ascending numbers, those that follow each other as {@code first-last}. */
  static String ranges(List<Long> numbers) {
    StringJoiner text = new StringJoiner(", ");
    int from = 0;
    for (int at = 1; at <= numbers.size(); at++) {
      if (at == numbers.size() || numbers.get(at) != numbers.get(at - 1) + 1) {
        long first = numbers.get(from);
        long last = numbers.get(at - 1);
        text.add(first == last ? Long.toString(first) : first + "-" + last);
        from = at;
      }
    }
    return text.toString();
  }
}
