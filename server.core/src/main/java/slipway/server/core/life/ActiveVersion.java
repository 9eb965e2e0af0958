package slipway.server.core.life;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import slipway.service.GoingAway;
import slipway.service.Service;

/**
 * One version of a service while it is active: the object that serves, and who uses it.
 *
 * <p>May be used from any thread.
 */
public final class ActiveVersion {

  private final String name;
  private final String version;
  private final long bundleId;
  private final Service service;
  private final Proof proof;
  private final Consumer<ActiveVersion> idle;
  private final BiConsumer<ActiveVersion, String> rejected;
  private final UseCount users = new UseCount();
  private final Set<ServiceLease> leases = ConcurrentHashMap.newKeySet();
  private volatile GoingAway goingAway;
  private volatile GoingAway said;
  private volatile boolean watchIdle;
  private volatile ActiveVersion successor;
  private volatile String tookOver = "";

  /**
   * Makes a version that nobody uses.
   *
   * @param proof shown when it has served a connection
   * @param idle called, in any thread, each time the last user has left
   * @param rejected called, in any thread, when it could not serve a connection, with the reason
   */
  ActiveVersion(
      String name,
      String version,
      long bundleId,
      Service service,
      Proof proof,
      Consumer<ActiveVersion> idle,
      BiConsumer<ActiveVersion, String> rejected) {
    this.rejected = rejected;
    this.name = name;
    this.version = version;
    this.bundleId = bundleId;
    this.service = service;
    this.proof = proof;
    this.idle = idle;
  }

  /** Name of the service. */
  public String name() {
    return name;
  }

  /** Version of its bundle. */
  public String version() {
    return version;
  }

  /** Id of its bundle. */
  public long bundleId() {
    return bundleId;
  }

  /** The object that serves. */
  public Service service() {
    return service;
  }

  /** Says which version its connections are to move to; null for none. */
  void succeededBy(ActiveVersion next) {
    successor = next;
  }

  /** The version that its connections are to move to, at the end of the chain; null for none. */
  public ActiveVersion successor() {
    ActiveVersion last = null;
    for (ActiveVersion next = successor; next != null; next = next.successor) {
      last = next;
    }
    return last;
  }

  /** Notes what it has taken over from others beside their users, in one line. */
  void tookOver(String text) {
    tookOver = text;
  }

  /** What it has taken over from others beside their users, in one line; empty for nothing. */
  String tookOver() {
    return tookOver;
  }

  /** It could not serve a connection that it was to take up. */
  public void reject(String reason) {
    rejected.accept(this, reason);
  }

  /** Whether it has shown that it serves, now or when it was active before. */
  Proof proof() {
    return proof;
  }

  UseCount users() {
    return users;
  }

  /**
   * Says whether it matters that the last user leaves. The caller that turns this on looks at the
   * count afterwards: users who left before are not reported.
   */
  void watchIdle(boolean matters) {
    watchIdle = matters;
  }

  /** A lease for a new user, or null while the version drains. */
  public ServiceLease lease() {
    if (!users.enter()) {
      return null;
    }
    ServiceLease lease = new ServiceLease(this);
    leases.add(lease);
    return lease; // a listener to it hears what has been said already
  }

  void release(ServiceLease lease) {
    leases.remove(lease);
    if (users.leave() && watchIdle) {
      idle.accept(this);
    }
  }

  /** Lets users in again after {@link UseCount#drain} or {@link #say}. */
  void reopen() {
    goingAway = null;
    said = null;
    users.reopen();
  }

  /** Whether it goes away, even if its users are not told because they may be handed over. */
  public Optional<GoingAway> goingAway() {
    return Optional.ofNullable(goingAway);
  }

  /** Notes that it goes away: a connection that cannot be handed over is told by the hand-over. */
  void goesAway(GoingAway news) {
    goingAway = news;
  }

  /** Tells all users, those of now and those to come; the last word asks them to leave now. */
  void say(GoingAway news) {
    if (news.last()) {
      users.drain();
    }
    goingAway = news;
    said = news;
    leases.forEach(lease -> lease.hear(news));
  }

  /** What its users have been told last; null for nothing. */
  GoingAway said() {
    return said;
  }

  /** Whether all users have been asked to leave now. */
  boolean isRevoked() {
    GoingAway last = said;
    return last != null && last.last();
  }
}
