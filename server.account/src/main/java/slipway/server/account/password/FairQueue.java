package slipway.server.account.password;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits for a thread that hashes, in a fair order. Used from any thread.
 *
 * <p>Operators come first, in their order. Then log-ins have three turns of four, and registrations
 * the rest. Among each of these two, those that share an origin have one turn between them: one
 * that has a thousand waiting keeps another one waiting for a single hash.
 *
 * <p>If too many wait, the last one of the origin that has most of them has to go, and
 * registrations go before log-ins. So a newcomer is let in for as long as not every place is taken
 * by another origin. Operators' work neither takes a place nor has to go.
 */
final class FairQueue {

  /** Turns of log-ins after which a registration has one. */
  private static final int LOG_INS_IN_A_ROW = 3;

  private final Deque<Job> operators = new ArrayDeque<>();
  private final Lane logIns = new Lane();
  private final Lane registrations = new Lane();
  private int inARow;
  private int running;

  /**
   * Work that waits.
   *
   * @param urgency which comes first
   * @param share what tasks that share one turn have in common
   * @param work does it
   * @param refused called instead if it has to go
   */
  record Job(Urgency urgency, Object share, Runnable work, Runnable refused) {
    boolean isLimited() {
      return urgency != Urgency.OPERATOR;
    }
  }

  /** Those of one urgency, in turn over their shares. */
  private static final class Lane {
    private final Map<Object, Deque<Job>> shares = new LinkedHashMap<>();
    private int size;

    void add(Job job) {
      shares.computeIfAbsent(job.share(), first -> new ArrayDeque<>()).add(job);
      size++;
    }

    Job next() {
      Iterator<Map.Entry<Object, Deque<Job>>> first = shares.entrySet().iterator();
      Map.Entry<Object, Deque<Job>> turn = first.next();
      Object share = turn.getKey();
      Deque<Job> jobs = turn.getValue();
      first.remove();
      Job job = jobs.poll();
      size--;
      if (!jobs.isEmpty()) {
        shares.put(share, jobs); // behind all others
      }
      return job;
    }

    /** The last one of the share that has most. */
    Job last() {
      Map.Entry<Object, Deque<Job>> greediest = null;
      for (Map.Entry<Object, Deque<Job>> each : shares.entrySet()) {
        if (greediest == null || each.getValue().size() >= greediest.getValue().size()) {
          greediest = each;
        }
      }
      Job job = greediest.getValue().pollLast();
      size--;
      if (greediest.getValue().isEmpty()) {
        shares.remove(greediest.getKey());
      }
      return job;
    }
  }

  /**
   * Adds work.
   *
   * @param most how many that are limited may wait and be under way
   * @return the one that has to go for it, which may be itself; empty if there is room
   */
  synchronized Optional<Job> add(Job job, int most) {
    if (!job.isLimited()) {
      operators.add(job);
      return Optional.empty();
    }
    (job.urgency() == Urgency.LOG_IN ? logIns : registrations).add(job);
    if (running + logIns.size + registrations.size <= most) {
      return Optional.empty();
    }
    return Optional.of((registrations.size > 0 ? registrations : logIns).last());
  }

  /** Takes what is next, which is under way until {@link #done}; empty if nothing waits. */
  synchronized Optional<Job> take() {
    Job next = operators.poll();
    if (next != null) {
      return Optional.of(next);
    }
    boolean logIn = logIns.size > 0 && (registrations.size == 0 || inARow < LOG_INS_IN_A_ROW);
    if (!logIn && registrations.size == 0) {
      return Optional.empty();
    }
    inARow = logIn ? inARow + 1 : 0;
    running++;
    return Optional.of(logIn ? logIns.next() : registrations.next());
  }

  /** One that was taken has ended. */
  synchronized void done(Job job) {
    if (job.isLimited()) {
      running--;
    }
  }
}
