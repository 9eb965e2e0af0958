package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.DeployAdmin.Refused;
import slipway.server.core.deploy.NotDeployed.Retry;

/**
 * Files that are gone, and could not be taken away: each is tried again after pauses that grow, and
 * told once for each reason. Belongs to the deployer's thread.
 */
final class Departures {

  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

  private final LongSupplier nanos;

  /** Those that have failed, by their files. */
  private final Map<Path, FileState.Refused> failed = new TreeMap<>();

  Departures(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Forgets those that need not be taken away any more. */
  void forget(Predicate<Path> back) {
    failed.keySet().removeIf(back);
  }

  boolean hasFailed(Path file) {
    return failed.containsKey(file);
  }

  /** These files, and those that have failed. */
  SortedSet<Path> with(List<Path> gone) {
    SortedSet<Path> all = new TreeSet<>(failed.keySet());
    all.addAll(gone);
    return all;
  }

  /**
   * Takes a file away, unless it has failed so short ago that it is too early for another try. What
   * goes wrong is noted, and ends nothing else.
   *
   * @param departure does it; has to bear that it is run again
   */
  void attempt(Path file, Runnable departure) {
    FileState.Refused before = failed.get(file);
    if (before != null && !before.isDue(nanos.getAsLong())) {
      return;
    }
    try {
      departure.run();
      if (failed.remove(file) != null) {
        LOG.info("{} is taken away now", file.getFileName());
      }
    } catch (RuntimeException failure) {
      note(file, before, failure);
    }
  }

  private void note(Path file, FileState.Refused before, RuntimeException failure) {
    String reason = "it was removed, but cannot be taken away: " + Trouble.of(failure);
    FileState.Refused now =
        FileState.Refused.of(
            before,
            FileStamp.UNKNOWN,
            Optional.empty(),
            new NotDeployed(reason, Retry.SOON, failure),
            nanos.getAsLong());
    failed.put(file, now);
    if (now.isNews(before)) {
      LOG.warn("{}: {}; it is tried again", file.getFileName(), reason, failure);
    }
  }

  /** As operators see them. */
  List<Refused> shown() {
    return failed.entrySet().stream()
        .map(
            some ->
                new Refused(some.getKey().getFileName().toString(), "", some.getValue().reason()))
        .toList();
  }
}
