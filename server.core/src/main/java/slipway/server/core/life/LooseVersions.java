package slipway.server.core.life;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import slipway.service.GoingAway;
import slipway.service.Service;

/**
 * The versions of one service that are objects and have no bundles, so that the test kit can run
 * the host's own connections without a framework. The version that was added last serves; all
 * others are on their way to it.
 *
 * <p>May be used from any thread, except that versions are added one after the other.
 */
public final class LooseVersions implements Leases {

  /** What all of them say that they are of: no bundle. */
  public static final long BUNDLE = -1;

  private final String name;
  private final Runnable idle;
  private final List<ActiveVersion> versions = new CopyOnWriteArrayList<>();
  private volatile HandOver handOver;

  /**
   * Makes a service without a version.
   *
   * @param idle called, in any thread, each time the last user of a version has left
   */
  public LooseVersions(String name, Runnable idle) {
    this.name = name;
    this.idle = idle;
  }

  /** From now on this version serves. Its connections are those that ask for it from now on. */
  public void add(String version, Service service) {
    ActiveVersion added =
        new ActiveVersion(
            name,
            version,
            BUNDLE,
            service,
            new Proof(),
            left -> idle.run(),
            (failed, reason) -> {});
    added.watchIdle(true);
    if (!versions.isEmpty()) {
      versions.getLast().succeededBy(added);
    }
    versions.add(added);
  }

  /**
   * Moves the connections of all versions to the one that serves, as far as they can be moved now.
   *
   * @param limit time in which a connection has to be given up
   */
  public void handOver(Duration limit) {
    versions.subList(0, versions.size() - 1).stream()
        .filter(old -> old.users().count() > 0)
        .forEach(old -> handOver.begin(old, limit));
  }

  /** Tells the users of all versions. */
  public void say(GoingAway news) {
    versions.forEach(version -> version.say(news));
  }

  /** How many use one of the versions. */
  public int users() {
    return versions.stream().mapToInt(version -> version.users().count()).sum();
  }

  @Override
  public CompletionStage<ServiceLease> lease(String asked) {
    ServiceLease lease = asked.equals(name) ? versions.getLast().lease() : null;
    return lease == null
        ? CompletableFuture.failedFuture(
            asked.equals(name)
                ? new Refusal(name + " takes no more users")
                : Refusal.unknown(asked))
        : CompletableFuture.completedFuture(lease);
  }

  @Override
  public Quota quota(String asked) {
    return Quota.NONE;
  }

  @Override
  public void proved(ServiceLease lease) {
    // nothing depends on it here
  }

  @Override
  public CompletionStage<ServiceLease> instead(ServiceLease lease, String reason) {
    return CompletableFuture.failedFuture(new Refusal(lease.name() + " failed: " + reason));
  }

  @Override
  public void handOverBy(HandOver mover) {
    handOver = mover;
  }
}
