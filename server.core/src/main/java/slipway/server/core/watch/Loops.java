package slipway.server.core.watch;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import slipway.service.Connection;

/**
 * The event loops that are watched: one that has been in the same handler for too long keeps all
 * its other connections waiting. Looked at by the watchdog's thread; the rest may be called from
 * any.
 */
final class Loops {

  /** The share of processor time that a thread which computes must have had. */
  private static final int SHARE = 4;

  private final Offences offences;
  private final Map<Occupied, Stint> loops = new ConcurrentHashMap<>();
  private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();

  Loops(Offences offences) {
    this.offences = offences;
  }

  void watch(List<? extends Occupied> more) {
    more.forEach(loop -> loops.put(loop, new Stint()));
  }

  /** Notes that a thread ends the process, and so will never do anything else. */
  void leaves(Thread runner) {
    leaving.add(runner);
  }

  /** Whether a loop's thread ends the process. */
  boolean isLeaving(Occupied loop) {
    Thread runner = loop.occupation().thread();
    return runner != null && leaving.contains(runner);
  }

  /** The connection that a thread serves, if it runs a loop and that is known. */
  Optional<Connection> servedBy(Thread runner) {
    return loops.keySet().stream()
        .map(Occupied::occupation)
        .filter(occupation -> occupation.thread() == runner)
        .map(Occupation::connection)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The connections that they serve at this moment: one that waits serves none. */
  List<Connection> served() {
    return loops.keySet().stream()
        .map(Occupied::occupation)
        .filter(occupation -> !Occupation.isWaiting(occupation.steps()))
        .map(Occupation::connection)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Looks at all of them once. */
  void look(Look look) {
    loops.forEach((loop, stint) -> look(loop, stint, look));
  }

  private void look(Occupied loop, Stint stint, Look look) {
    Occupation occupation = loop.occupation();
    long steps = occupation.steps();
    Thread runner = occupation.thread();
    if (runner == null || Occupation.isWaiting(steps) || leaving.contains(runner)) {
      look.over(stint);
      return;
    }
    Connection connection = occupation.connection();
    if (!look.goesOn(stint, steps)) {
      stint.hadSpent(Carriers.spent(runner));
    } else if (look.isDue(stint)) {
      List<StackTraceElement> stack = Arrays.asList(runner.getStackTrace());
      // else it is over, and the stack is of something else
      if (occupation.steps() == steps && isItsFault(runner, stack, stint, look.after())) {
        look.tell(
            stint, offences.of("has kept the event loop " + runner.getName(), connection, stack));
      }
    }
    look.note(loop, stint);
  }

  /**
   * A thread that computes must have had processor time: a machine that is too busy is no fault.
   */
  private static boolean isItsFault(
      Thread runner, List<StackTraceElement> stack, Stint stint, Duration after) {
    return runner.getState() != Thread.State.RUNNABLE
        || !stack.isEmpty() && stack.get(0).isNativeMethod()
        || stint.spent(Carriers.spent(runner)).compareTo(after.dividedBy(SHARE)) >= 0;
  }
}
