package slipway.bots.report;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps the first bad packet of a run: those after it are often only its consequences. Safe for use
 * by any thread.
 */
public final class FirstFault {

  private final AtomicReference<Fault> first = new AtomicReference<>();

  /** Keeps a bad packet unless there was one. */
  public void offer(Supplier<Fault> fault) {
    if (first.get() == null) {
      first.compareAndSet(null, fault.get());
    }
  }

  /** The first one. */
  public Optional<Fault> get() {
    return Optional.ofNullable(first.get());
  }
}
