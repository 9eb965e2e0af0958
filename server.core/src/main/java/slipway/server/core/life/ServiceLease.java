package slipway.server.core.life;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import slipway.service.GoingAway;
import slipway.service.Lease;
import slipway.service.Service;

/** The right of one user to one version of a service. May be used from any thread. */
public final class ServiceLease implements Lease {

  private final ActiveVersion version;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<GoingAway> heard = new AtomicReference<>();
  private volatile Consumer<GoingAway> listener;

  ServiceLease(ActiveVersion version) {
    this.version = version;
  }

  /** Name of the service. */
  public String name() {
    return version.name();
  }

  /** The version that it is a lease of. */
  public ActiveVersion version() {
    return version;
  }

  /** The object that serves. */
  public Service service() {
    return version.service();
  }

  /**
   * Sets who is told that the version goes away, and has to leave at the last word; told now if
   * that has been said already.
   *
   * @param told must not block; called once for each word, in any thread
   */
  public void onGoingAway(Consumer<GoingAway> told) {
    listener = told;
    GoingAway said = version.said();
    if (said != null) {
      hear(said);
    }
  }

  /**
   * A further lease for the same user, which counts as one user until all of them are closed.
   *
   * @throws IllegalStateException if all of them are closed already
   */
  public Lease retain() {
    holders.getAndUpdate(
        seen -> {
          if (seen == 0) {
            throw new IllegalStateException("the lease of " + name() + " is closed");
          }
          return seen + 1;
        });
    AtomicBoolean given = new AtomicBoolean();
    return () -> release(given);
  }

  void hear(GoingAway news) {
    Consumer<GoingAway> told = listener;
    if (told != null && heard.getAndSet(news) != news) {
      told.accept(news);
    }
  }

  @Override
  public void close() {
    release(closed);
  }

  private void release(AtomicBoolean once) {
    if (once.compareAndSet(false, true) && holders.decrementAndGet() == 0) {
      version.release(this);
    }
  }
}
