package slipway.bots.attack;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import slipway.bots.link.Loop;
import slipway.bots.link.Loops;

/**
 * All attackers, in an event loop of their own, so that what they do delays the well-behaved
 * clients only by way of the server. Used by one thread.
 */
final class Attackers implements AutoCloseable {

  private static final long LOOK_MILLIS = 20;

  private final Loops loops;
  private final Map<Attack, AttackTally> tallies = new EnumMap<>(Attack.class);
  private final List<Attacker> all = new ArrayList<>();

  Attackers(AttackPlan plan) throws UnknownHostException {
    this.loops = Loops.open(plan.good().target(), 1);
    Loop loop = loops.of(0);
    Munition munition =
        new Munition(plan.good().format(), plan.otherCode(), plan.good().filler().seed());
    for (Attack attack : Attack.values()) {
      if (munition.has(attack)) {
        AttackTally tally = new AttackTally();
        tallies.put(attack, tally);
        for (int i = 0; i < plan.attackers(); i++) {
          all.add(new Attacker(attack, plan, munition, loop, tally));
        }
      }
    }
  }

  /** Lets them begin; by any thread except that event loop. */
  void start() {
    loops.of(0).events().execute(() -> all.forEach(Attacker::attack));
  }

  /**
   * Lets none come back, waits until nothing more is to be seen of those that are there, and ends
   * them.
   */
  void stop() {
    loops.on(loop -> all.forEach(Attacker::stop));
    while (isPending() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(MILLISECONDS.toNanos(LOOK_MILLIS));
    }
    loops.on(loop -> all.forEach(Attacker::leave));
  }

  private boolean isPending() {
    return loops.ask(loop -> all.stream().anyMatch(Attacker::isPending)).getFirst();
  }

  /** What became of each attack. */
  Map<Attack, AttackTally> tallies() {
    return loops
        .ask(
            loop -> {
              Map<Attack, AttackTally> copies = new EnumMap<>(Attack.class);
              tallies.forEach((attack, tally) -> copies.put(attack, tally.copy()));
              return copies;
            })
        .getFirst();
  }

  @Override
  public void close() {
    loops.close();
  }
}
