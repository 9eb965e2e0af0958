package slipway.bench.measure;

import java.io.IOException;
import slipway.bench.measure.ProcFiles.MachineTicks;

/** A stretch of time over which CPU is accounted: the server's, and that of strangers. */
public final class Window {

  private static final long SELF = ProcessHandle.current().pid();

  private final long server;
  private final long[] helpers;
  private final long startedAt = System.nanoTime();
  private final long serverTicks;
  private final long selfTicks;
  private final long helperTicks;
  private final MachineTicks machine;

  /**
   * What was accounted.
   *
   * @param seconds the window's length
   * @param serverMicros CPU time of the server
   * @param loadMicros CPU time of the bench itself
   * @param foreign share of the machine that neither of the two used, but others or the hypervisor
   */
  public record Account(double seconds, long serverMicros, long loadMicros, double foreign) {}

  private Window(long server, long... helpers) throws IOException {
    this.server = server;
    this.helpers = helpers.clone();
    this.machine = ProcFiles.machineTicks();
    this.selfTicks = ProcFiles.processTicks(SELF);
    this.serverTicks = ProcFiles.processTicks(server);
    this.helperTicks = ticks(this.helpers);
  }

  /**
   * Begins now.
   *
   * @param helpers processes that belong to the run as well, and are no strangers; they outlive it
   */
  public static Window open(long server, long... helpers) throws IOException {
    return new Window(server, helpers);
  }

  private static long ticks(long... processes) throws IOException {
    long sum = 0;
    for (long process : processes) {
      sum += ProcFiles.processTicks(process);
    }
    return sum;
  }

  /** Ends now; the window may be asked again later, and has then become longer. */
  public Account close() throws IOException {
    long serverUsed = ProcFiles.processTicks(server) - serverTicks;
    long selfUsed = ProcFiles.processTicks(SELF) - selfTicks;
    long helpersUsed = ticks(helpers) - helperTicks;
    MachineTicks now = ProcFiles.machineTicks();
    long strangers =
        now.busy()
            - machine.busy()
            + now.stolen()
            - machine.stolen()
            - serverUsed
            - selfUsed
            - helpersUsed;
    return new Account(
        (System.nanoTime() - startedAt) / 1e9,
        serverUsed * ProcFiles.MICROS_PER_TICK,
        selfUsed * ProcFiles.MICROS_PER_TICK,
        Math.max(0, strangers) / (double) Math.max(1, now.total() - machine.total()));
  }
}
