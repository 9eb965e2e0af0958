package slipway.services.metrics.scrape;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.meter.Histogram;
import slipway.meter.Metric;

/**
 * Asks all meters, and makes one list of families of what they tell. What a meter does wrong is
 * counted and logged once, and the others are shown without it. Used by one thread.
 */
final class Gathering implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

  private static final Metric FAILURES =
      Metric.counter(
          "slipway_meter_failures_total",
          "Readings of a bundle's meter that were left out of a scrape.",
          "bundle",
          "reason");
  private static final Metric SCRAPES =
      Metric.histogram("slipway_scrape_seconds", "Time that it took to ask all meters.");

  /** Times that meters have, so that a scrape ends before the one that asked for it gives up. */
  record Limits(Duration each, Duration all) {
    /** Prometheus waits for ten seconds if it is not told otherwise. */
    static final Limits USUAL = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  /** Why something of a meter is left out. */
  private enum Reason {
    FAILED,
    SLOW,
    CONFLICT
  }

  private record Failure(String bundle, Reason reason) {}

  private final Supplier<List<Contributor>> contributors;
  private final Limits limits;
  private final LongSupplier nanos;
  private final Reading reading = new Reading();
  private final Map<Failure, Long> failures =
      new TreeMap<>(Comparator.comparing(Failure::bundle).thenComparing(Failure::reason));
  private final Histogram times = Histogram.ofTimes();

  Gathering(Supplier<List<Contributor>> contributors, Limits limits, LongSupplier nanos) {
    this.contributors = contributors;
    this.limits = limits;
    this.nanos = nanos;
  }

  /** What all meters tell now, by name. */
  Collection<Family> gather() throws InterruptedException {
    Map<String, Family> families = new TreeMap<>();
    long begin = nanos.getAsLong();
    for (Contributor contributor : contributors.get()) {
      Duration left = limits.all().minusNanos(nanos.getAsLong() - begin);
      ask(contributor, left, families);
    }
    times.record(nanos.getAsLong() - begin);
    own().families().forEach(family -> families.put(family.metric().name(), family));
    return families.values();
  }

  private void ask(Contributor contributor, Duration left, Map<String, Family> families)
      throws InterruptedException {
    try {
      if (!left.isPositive()) {
        throw new TimeoutException("meters before it have used up the time of the scrape");
      }
      Duration limit = left.compareTo(limits.each()) < 0 ? left : limits.each();
      Collected told = reading.read(contributor, limit);
      if (merge(contributor, told, families)) {
        contributor.succeeded();
      }
    } catch (TimeoutException late) {
      failed(contributor, Reason.SLOW, late.getMessage());
    } catch (ExecutionException failed) {
      failed(contributor, Reason.FAILED, failed.getCause().toString());
    }
  }

  /** Whether all of it fits to what others have told. */
  private boolean merge(Contributor contributor, Collected told, Map<String, Family> families) {
    boolean fits = true;
    for (Family family : told.families()) {
      String name = family.metric().name();
      try {
        Family before = families.get(name);
        families.put(name, before == null ? family : before.plus(family));
      } catch (IllegalArgumentException differs) {
        fits = false;
        failed(contributor, Reason.CONFLICT, name + ": " + differs.getMessage());
      }
    }
    return fits;
  }

  private void failed(Contributor contributor, Reason reason, String why) {
    failures.merge(new Failure(contributor.bundle(), reason), 1L, Long::sum);
    if (contributor.isNews(why)) {
      LOG.warn(
          "{}: what its meter tells is left out of the scrape ({}): {}",
          contributor.bundle(),
          reason.name().toLowerCase(Locale.ROOT),
          why);
    }
  }

  private Collected own() {
    Collected own = new Collected();
    own.histogram(SCRAPES, times.snapshot());
    failures.forEach(
        (failure, count) ->
            own.value(
                FAILURES,
                count,
                failure.bundle(),
                failure.reason().name().toLowerCase(Locale.ROOT)));
    return own;
  }

  @Override
  public void close() {
    reading.close();
  }
}
