package slipway.server.core.usage;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.profile.Usage;

/**
 * One service: how much it may use, how much it uses, and why it was locked. Belongs to the thread
 * of {@link UsageGuard}.
 */
final class Watched {

  private static final Logger LOG = LoggerFactory.getLogger(UsageGuard.class);

  private final String service;
  private final Share cpu = new Share(Share.Kind.CPU);
  private final Share heap = new Share(Share.Kind.HEAP);
  private Shares shares = Shares.UNLIMITED;

  /** Whether its state lets clients in. */
  private boolean admits = true;

  /** It is being locked, and what is configured does not say so yet. */
  private boolean isBeingLocked;

  private String lockedFor = "";

  /** What it has kept of the heap, times for how many nanoseconds. */
  private double kept;

  /** When it was last looked at, in the time of the run. */
  private Duration last = Duration.ZERO;

  Watched(String service) {
    this.service = service;
  }

  /** If an operator lets clients in again, it has another whole window. */
  void configure(Shares changed, boolean admitting) {
    boolean isOpened = admitting && !admits;
    boolean isLimitedAnew = !changed.equals(shares);
    shares = changed;
    admits = admitting;
    isBeingLocked &= admitting;
    if (isOpened) {
      lockedFor = "";
    }
    if (isOpened || isLimitedAnew) {
      restart();
    }
  }

  boolean isLimited() {
    return shares.areLimited();
  }

  boolean isHeapLimited() {
    return shares.heap() > 0;
  }

  /** Forgets what it has used: nothing is said of it until it was measured for another window. */
  void restart() {
    cpu.restart(shares.cpu(), shares.window());
    heap.restart(shares.heap(), shares.window());
    kept = 0;
    last = Duration.ZERO;
  }

  /**
   * Looks at what was used.
   *
   * @param processors how many there are
   * @param largestHeap in bytes
   */
  void look(Usage usage, int processors, long largestHeap) {
    Duration now = usage.elapsed();
    kept += (double) usage.retained().getOrDefault(service, 0L) * now.minus(last).toNanos();
    last = now;
    Duration spent = usage.cpu().getOrDefault(service, Duration.ZERO);
    tell(cpu, cpu.look(now, spent.toNanos(), processors));
    tell(heap, heap.look(now, kept, largestHeap));
  }

  private void tell(Share share, Share.Change change) {
    switch (change) {
      case OVER -> LOG.warn("{} {}", service, share.excess());
      case WITHIN -> LOG.info("{} {} again", service, share.rest());
      case NONE -> {}
    }
  }

  /** Whether it is to drain, as it uses too much. */
  boolean isToBeLocked() {
    return admits && !isBeingLocked && shares.locks() && cpu.isOver();
  }

  /** It is about to be locked for what it uses; says why. */
  String lockedNow() {
    isBeingLocked = true;
    lockedFor = "it " + cpu.pastExcess();
    return lockedFor;
  }

  /** It could not be locked: it has another whole window. */
  void staysOpen() {
    isBeingLocked = false;
    lockedFor = "";
    restart();
  }

  Standing standing() {
    String remark = cpu.isOver() ? cpu.excess() : "";
    String second = heap.isOver() ? heap.excess() : "";
    return new Standing(
        cpu.figures(),
        heap.figures(),
        remark.isEmpty() || second.isEmpty() ? remark + second : remark + "; " + second,
        lockedFor);
  }
}
