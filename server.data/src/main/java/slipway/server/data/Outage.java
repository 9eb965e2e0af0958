package slipway.server.data;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;

/**
 * A time in which the database is away: what is logged of it, and when the database is tried again.
 * Only the {@link Keeper}'s thread calls it.
 *
 * <p>It is logged when it begins, when the reason becomes another, and when it ends. How a
 * connection ended and why there is no new one are logged as one: a server that goes down may still
 * answer the tries that follow at once. If it is there and does not want the user, that is logged.
 */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How many tries, at once and after the shortest pause, belong to the end of a connection. */
  private static final int TRIES_OF_END = 2;

  private final DataUrl url;
  private final Instant since;
  private Duration pause = SHORTEST_PAUSE;
  private int triesOfEnd;

  /** Why the last try failed, without numbers. */
  private String kind;

  private Outage(DataUrl url, Instant since, int triesOfEnd, String what) {
    this.url = url;
    this.since = since;
    this.triesOfEnd = triesOfEnd;
    this.kind = kind(what);
    log(what);
  }

  /**
   * A connection has ended, and the database is not tried yet.
   *
   * @param what the reason, one line
   */
  static Outage afterLoss(DataUrl url, Instant since, String what) {
    return new Outage(url, since, TRIES_OF_END, what);
  }

  /**
   * The database was tried for the first time, without success.
   *
   * @param what the reason, one line
   */
  static Outage afterTry(DataUrl url, Instant since, String what) {
    return new Outage(url, since, 0, what);
  }

  /** The reason why a database cannot be used, in the host's words. */
  static String reason(DataUrl url, String what) {
    return "the database " + url + " is away: " + what;
  }

  /**
   * The database was tried again, without success.
   *
   * @param what the reason, one line
   */
  void tried(Throwable failure, String what) {
    String now = kind(what);
    if (triesOfEnd > 0 ? Failures.isOfUser(failure) : !now.equals(kind)) {
      triesOfEnd = 0;
      log(what);
    }
    triesOfEnd = Math.max(0, triesOfEnd - 1);
    kind = now;
  }

  /** Drivers number connections, and tell how long something took. */
  private static String kind(String what) {
    return what.replaceAll("\\d+", "");
  }

  private void log(String what) {
    LOG.error("{}; it is tried again until it is back", reason(url, what));
  }

  /** How long to wait until the next try: twice as long each time, up to a limit. */
  Duration pause() {
    Duration now = pause;
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    return now;
  }

  /** The database is back. */
  void end(Instant now) {
    LOG.info(
        "the database {} is back after {}", url, Durations.format(Duration.between(since, now)));
  }
}
