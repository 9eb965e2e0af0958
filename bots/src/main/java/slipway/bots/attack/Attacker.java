package slipway.bots.attack;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import slipway.bots.link.Loop;

/**
 * Attacks in one way, one connection after the other, until it is stopped. Confined to its event
 * loop.
 */
final class Attacker {

  private static final long BACK_MILLIS = 100;

  /** In a storm: some hundreds of connections a second, and no more ports than a system has. */
  private static final long STORM_MILLIS = 10;

  private final Attack attack;
  private final AttackPlan plan;
  private final Munition munition;
  private final Loop loop;
  private final AttackTally tally;
  private Assault assault;
  private int assaults;
  private boolean stopped;

  Attacker(Attack attack, AttackPlan plan, Munition munition, Loop loop, AttackTally tally) {
    this.attack = attack;
    this.plan = plan;
    this.munition = munition;
    this.loop = loop;
    this.tally = tally;
  }

  /** Connects and attacks, unless it is stopped. */
  void attack() {
    if (!stopped) {
      boolean resets = attack == Attack.STORM && assaults++ % 2 == 1;
      assault = new Assault(attack, this, tally, plan, munition, resets);
      loop.dialer().dial(assault, refused -> over());
    }
  }

  /** The connection is over, or there was none. */
  void over() {
    assault = null;
    if (!stopped) {
      long pause = attack == Attack.STORM ? STORM_MILLIS : BACK_MILLIS;
      var unused = loop.events().schedule(this::attack, pause, MILLISECONDS);
    }
  }

  /** Does not come back. */
  void stop() {
    stopped = true;
  }

  /** Ends its connection. */
  void leave() {
    if (assault != null) {
      assault.leave();
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /** Whether the server still has to do something about it. */
  boolean isPending() {
    return assault != null && assault.isPending();
  }
}
