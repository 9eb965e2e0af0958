package slipway.bots.world;

import org.HdrHistogram.Histogram;
import slipway.bots.link.Tally;
import slipway.bots.link.Times;

/** What the players of one event loop have seen. Confined to it; a copy is what others see. */
final class WorldTally implements Tally<WorldTally> {

  long refused;
  long frameErrors;
  long tooManySkips;
  long unknown;
  long cameTwice;
  long wentTwice;
  long lateGoals;
  long wrongGoals;
  long notArrived;
  long lateSays;
  long wrongSays;
  long lateZones;
  long wrongZones;
  long lateLooks;
  long wrongLooks;
  long packetErrors;
  long notBack;

  long in;
  long out;
  long updates;
  long skips;
  long walks;
  long says;
  long gos;
  long heard;
  long cuts;
  long resumed;

  /** Between two updates of one zone, since all are in. */
  final Histogram intervalNanos = Times.histogram();

  private long inBefore;
  private long outBefore;

  /** What is measured, and not only counted, is measured from now on. */
  void measure() {
    inBefore = in;
    outBefore = out;
    intervalNanos.reset();
  }

  /** Packets that have come since it is measured. */
  long measuredIn() {
    return in - inBefore;
  }

  /** Packets that were sent since it is measured. */
  long measuredOut() {
    return out - outBefore;
  }

  @Override
  public WorldTally add(WorldTally other) {
    addCounts(other);
    intervalNanos.add(other.intervalNanos);
    return this;
  }

  @Override
  public WorldTally addCounts(WorldTally other) {
    refused += other.refused;
    frameErrors += other.frameErrors;
    tooManySkips += other.tooManySkips;
    unknown += other.unknown;
    cameTwice += other.cameTwice;
    wentTwice += other.wentTwice;
    lateGoals += other.lateGoals;
    wrongGoals += other.wrongGoals;
    notArrived += other.notArrived;
    lateSays += other.lateSays;
    wrongSays += other.wrongSays;
    lateZones += other.lateZones;
    wrongZones += other.wrongZones;
    lateLooks += other.lateLooks;
    wrongLooks += other.wrongLooks;
    packetErrors += other.packetErrors;
    notBack += other.notBack;
    in += other.in;
    out += other.out;
    updates += other.updates;
    skips += other.skips;
    walks += other.walks;
    says += other.says;
    gos += other.gos;
    heard += other.heard;
    cuts += other.cuts;
    resumed += other.resumed;
    inBefore += other.inBefore;
    outBefore += other.outBefore;
    return this;
  }

  /** How often something was wrong, while players are at work. */
  long faults() {
    return refused
        + frameErrors
        + tooManySkips
        + unknown
        + cameTwice
        + wentTwice
        + lateGoals
        + wrongGoals
        + notArrived
        + lateSays
        + wrongSays
        + lateZones
        + wrongZones
        + lateLooks
        + wrongLooks
        + packetErrors
        + notBack;
  }
}
