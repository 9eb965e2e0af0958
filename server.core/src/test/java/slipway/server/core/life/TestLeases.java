package slipway.server.core.life;

import java.time.Duration;
import slipway.service.GoingAway;
import slipway.service.Service;

/** Leases of services that have no bundle. */
public final class TestLeases {

  /** The bundle that all of them say that they are of. */
  public static final long BUNDLE = 7;

  private TestLeases() {}

  /** How many connections a service may have from now on. */
  public static void limit(Quota quota, int connections) {
    quota.limit(connections);
  }

  /** A lease that says when it, and all that were retained from it, are closed. */
  public static ServiceLease lease(String name, Service service, Runnable closed) {
    ActiveVersion version = version(name, "1.0.0", service, closed);
    return version.lease();
  }

  /** A version that says when its last user has left. */
  public static ActiveVersion version(String name, String version, Service service, Runnable idle) {
    ActiveVersion made =
        new ActiveVersion(
            name,
            version,
            BUNDLE,
            service,
            new Proof(),
            left -> idle.run(),
            (failed, reason) -> {});
    made.watchIdle(true);
    return made;
  }

  /** A user who leaves as soon as he is asked to. */
  public static void leaveWhenAsked(ServiceLease user) {
    user.onGoingAway(
        news -> {
          if (news.last()) {
            user.close();
          }
        });
  }

  /** Tells the users of a version. */
  public static void say(ActiveVersion version, GoingAway news) {
    version.say(news);
  }

  /** Notes that a version goes away; its users are told if they cannot be handed over. */
  public static void goesAway(ActiveVersion version, GoingAway.Reason reason) {
    version.goesAway(Parting.within(reason, Duration.ofMinutes(5)));
  }

  /** Makes one version the successor of another. */
  public static void succeed(ActiveVersion old, ActiveVersion next) {
    old.succeededBy(next);
  }
}
