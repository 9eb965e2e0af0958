package slipway.server.data;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;

/**
 * Logs once that a database is there and refuses to do what bundles need, and once that it does all
 * of it again: for example, a user lacks the right, or a server is read-only or full. Methods may
 * be called from any thread.
 */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** Something that a schema was refused. */
  private record Refused(String schema, boolean writes) {}

  private final DataUrl url;
  private final InstantSource clock;
  private final Set<Refused> refused = new HashSet<>();
  private volatile boolean any;
  private Instant since;

  Refusals(DataUrl url, InstantSource clock) {
    this.url = url;
    this.clock = clock;
  }

  /**
   * The database has refused something.
   *
   * @param what its reason
   * @return the reason in the host's words
   */
  synchronized String refused(String schema, boolean writes, String what) {
    String reason =
        "the database " + url + (writes ? " refuses changes: " : " refuses to be read: ") + what;
    if (refused.isEmpty()) {
      since = clock.instant();
      LOG.warn(
          "{}; what is refused is not done until the user has the rights and the server has room",
          reason);
    }
    refused.add(new Refused(schema, writes));
    any = true;
    return reason;
  }

  /** The database has done something. */
  void done(String schema, boolean writes) {
    if (any) {
      forget(new Refused(schema, writes));
    }
  }

  /** If others are still refused, that is logged again. */
  private synchronized void forget(Refused before) {
    if (refused.remove(before)) {
      refused.removeIf(other -> other.writes() == before.writes());
      any = !refused.isEmpty();
      if (!any) {
        LOG.info(
            "the database {} no longer refuses anything, after {}",
            url,
            Durations.format(Duration.between(since, clock.instant())));
      }
    }
  }
}
