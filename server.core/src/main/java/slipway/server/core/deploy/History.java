package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was deployed and what became of it, which survives restarts, and the jars that can be gone
 * back to. Belongs to the deployer's thread.
 */
final class History {

  /** Deploys that are remembered, and jars that are kept, for each service. */
  static final int LONGEST = 50;

  static final int MOST_JARS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  private final HistoryFiles files;
  private final Clock clock;
  private final DeployCounts counts = new DeployCounts();

  History(Path folder, Clock clock) {
    this.files = new HistoryFiles(folder);
    this.clock = clock;
  }

  /** What was concluded since the start. */
  DeployCounts counts() {
    return counts;
  }

  // ---- what is on record -----------------------------------------------------------------------

  /** The oldest first; empty if there is none. */
  List<Entry> of(String service) throws IOException {
    return files.read(service);
  }

  /** The services that were ever deployed; empty, and told, if that cannot be read. */
  List<String> services() {
    return files.services();
  }

  /** The entry of the version that serves, or did so when the host ended; empty if none did. */
  Optional<Entry> serving(String service) {
    return last(service, entry -> entry.outcome() == Outcome.SERVES);
  }

  private Optional<Entry> last(String service, Predicate<Entry> which) {
    return known(service).stream().filter(which).reduce((first, second) -> second);
  }

  /** As {@link #of}; empty, and told, if it cannot be read. */
  private List<Entry> known(String service) {
    try {
      return of(service);
    } catch (IOException unreadable) {
      LOG.error("{}: its history cannot be read: {}", service, Trouble.of(unreadable));
      return List.of();
    }
  }

  /** The entries of which it was not known yet whether they serve, the oldest first. */
  List<Entry> installed(String service) {
    return known(service).stream().filter(one -> one.outcome() == Outcome.INSTALLED).toList();
  }

  /** Whether a version that was deployed later has served. */
  boolean isOvertaken(Entry entry) {
    return last(entry.service(), one -> one.outcome().hasServed())
        .filter(one -> one.when().isAfter(entry.when()))
        .isPresent();
  }

  /** The last entry of a content, if that has failed; empty if it has not, or was never tried. */
  Optional<Entry> failed(ServiceJar jar) {
    return last(jar.service().orElseThrow(), entry -> entry.digest().equals(jar.digest()))
        .filter(Entry::hasFailed);
  }

  /**
   * The version that an operator goes back to: the last that served before the one with a content
   * was deployed, and has another content.
   *
   * @param digest of the content that serves
   */
  Optional<Entry> before(String service, String digest) throws IOException {
    List<Entry> newestFirst = new ArrayList<>(of(service));
    Collections.reverse(newestFirst);
    return newestFirst.stream()
        .dropWhile(one -> !one.digest().equals(digest))
        .filter(one -> !one.digest().equals(digest))
        .filter(one -> one.outcome() == Outcome.REPLACED || one.outcome() == Outcome.REMOVED)
        .findFirst();
  }

  // ---- what is noted ---------------------------------------------------------------------------

  /**
   * Notes that a content is deployed. The content of a file that served last is no new deploy, as
   * after a restart; neither is one that has failed and is tried again.
   *
   * @return the entry, which {@link #conclude} gets
   */
  Entry begin(ServiceJar jar, String by, String source, String file) throws IOException {
    String service = jar.service().orElseThrow();
    List<Entry> all = new ArrayList<>(of(service));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    while (isTaken(all, now)) {
      now = now.plusMillis(1);
    }
    Entry begun =
        new Entry(
            service,
            now,
            jar.version().toString(),
            by,
            jar.digest(),
            Outcome.INSTALLED,
            "",
            source,
            file);
    if (by.equals("file")) {
      int fit = lastIndex(all, entry -> !entry.hasFailed());
      if (fit >= 0
          && all.get(fit).digest().equals(jar.digest())
          && all.get(fit).outcome() != Outcome.OVERTAKEN
          && !all.get(fit).outcome().isGone()) {
        Entry known = all.get(fit).in(file);
        all.set(fit, known);
        save(service, all);
        return known;
      }
      all.subList(fit + 1, all.size())
          .removeIf(one -> one.digest().equals(jar.digest()) && one.by().equals(by));
    }
    all.add(begun);
    save(service, all);
    return begun;
  }

  private static boolean isTaken(List<Entry> all, Instant when) {
    return all.stream().anyMatch(entry -> entry.when().equals(when));
  }

  private static int lastIndex(List<Entry> all, Predicate<Entry> which) {
    int index = all.size() - 1;
    while (index >= 0 && !which.test(all.get(index))) {
      index--;
    }
    return index;
  }

  /**
   * Notes what became of a deploy, unless nothing can become of it any more. A disk that does not
   * take it down is told of, and changes nothing else.
   *
   * @return the entry as it is now
   */
  Entry conclude(Entry entry, Outcome outcome, String reason) {
    counts.count(entry, outcome);
    return replace(
        entry, now -> now.outcome().mayBecome(outcome) ? now.with(outcome, reason) : now);
  }

  /** Notes that the file of a version has another name now. */
  Entry renamed(Entry entry, String file) {
    return replace(entry, now -> now.in(file));
  }

  private Entry replace(Entry entry, UnaryOperator<Entry> change) {
    Entry next = change.apply(entry);
    try {
      List<Entry> all = new ArrayList<>(of(entry.service()));
      int index = lastIndex(all, one -> one.when().equals(entry.when()));
      if (index >= 0) { // else it was pushed out by later ones
        next = change.apply(all.get(index));
      }
      if (next.outcome() == Outcome.SERVES) {
        all.replaceAll(
            one -> one.outcome() == Outcome.SERVES ? one.with(Outcome.REPLACED, "") : one);
      }
      if (index >= 0) {
        all.set(index, next);
      }
      save(entry.service(), all);
    } catch (IOException failure) {
      LOG.error("{}: its history cannot be saved: {}", entry.service(), Trouble.of(failure));
    }
    return next;
  }

  /** Replaces the list, and drops the jars that it has no room for. */
  private void save(String service, List<Entry> entries) throws IOException {
    List<Entry> kept = entries.subList(Math.max(0, entries.size() - LONGEST), entries.size());
    if (files.write(service, kept)) {
      copies(service).retain(newestDigests(kept));
    }
  }

  private static Set<String> newestDigests(List<Entry> entries) {
    List<Entry> newestFirst = new ArrayList<>(entries);
    Collections.reverse(newestFirst);
    return newestFirst.stream()
        .map(Entry::digest)
        .distinct()
        .limit(MOST_JARS)
        .collect(Collectors.toSet());
  }

  // ---- jars ------------------------------------------------------------------------------------

  /**
   * Keeps a jar's content; returns the copy.
   *
   * @throws IOException if the file has changed since it was read, or cannot be copied; nothing is
   *     left then
   */
  ServiceJar keep(String service, ServiceJar jar) throws IOException {
    return copies(service).keep(jar);
  }

  /**
   * The jar of a deploy, so that it can be gone back to.
   *
   * @throws NoSuchFileException if it is not kept any more
   * @throws IOException if its copy cannot be read or is damaged, which is told
   */
  ServiceJar kept(Entry entry) throws IOException {
    return copies(entry.service()).kept(entry.digest());
  }

  private Copies copies(String service) {
    return new Copies(files.folder(service));
  }
}
