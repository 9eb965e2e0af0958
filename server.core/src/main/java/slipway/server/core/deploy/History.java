package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.ServiceNames;

/**
 * What was deployed, in a folder for each service: a list that survives restarts, and the jars that
 * can be gone back to. A line of the list that cannot be read costs that line and no more. Belongs
 * to the deployer's thread.
 */
final class History {

  /** Deploys that are remembered, and jars that are kept, for each service. */
  static final int LONGEST = 50;

  static final int MOST_JARS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(History.class);
  private static final String LIST = "history";
  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Clock clock;

  /** Services whose list was found damaged: told once. */
  private final Set<String> damaged = new HashSet<>();

  History(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  // ---- what is on record -----------------------------------------------------------------------

  /** The oldest first; empty if there is none. */
  List<Entry> of(String service) throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(list(service)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return List.of();
    }
    List<String> lines = text.lines().toList();
    List<Entry> entries =
        lines.stream().map(line -> Entry.parse(service, line)).flatMap(Optional::stream).toList();
    if (entries.size() < lines.size() && damaged.add(service)) {
      LOG.warn(
          "{}: {} of {} lines cannot be read and are left out",
          list(service),
          lines.size() - entries.size(),
          lines.size());
    }
    return entries;
  }

  /** The services that were ever deployed; empty, and told, if that cannot be read. */
  List<String> services() {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(some -> some.getFileName().toString())
          .filter(ServiceNames::isName)
          .filter(name -> Files.exists(list(name)))
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      LOG.error("{} cannot be read: {}", folder, Trouble.of(unreadable));
      return List.of();
    }
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

  /** The last entry of a content, if that has failed; empty if it has not, or was never tried. */
  Optional<Entry> failed(ServiceJar jar) {
    return last(jar.service().orElseThrow(), entry -> entry.digest().equals(jar.digest()))
        .filter(Entry::hasFailed);
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
          && all.get(fit).outcome() != Outcome.REMOVED) {
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
   * Notes what became of a deploy. A disk that does not take it down is told of, and changes
   * nothing else.
   *
   * @return the entry as it is now
   */
  Entry conclude(Entry entry, Outcome outcome, String reason) {
    return replace(entry, entry.with(outcome, reason));
  }

  /** Notes that the file of a version has another name now. */
  Entry renamed(Entry entry, String file) {
    return replace(entry, entry.in(file));
  }

  private Entry replace(Entry entry, Entry next) {
    try {
      List<Entry> all = new ArrayList<>(of(entry.service()));
      if (next.outcome() == Outcome.SERVES) {
        all.replaceAll(
            one -> one.outcome() == Outcome.SERVES ? one.with(Outcome.REPLACED, "") : one);
      }
      all.replaceAll(one -> one.when().equals(entry.when()) ? next : one);
      save(entry.service(), all);
    } catch (IOException failure) {
      LOG.error("{}: its history cannot be saved: {}", entry.service(), Trouble.of(failure));
    }
    return next;
  }

  /** Replaces the list, and drops the jars that it has no room for. */
  private void save(String service, List<Entry> entries) throws IOException {
    List<Entry> kept = entries.subList(Math.max(0, entries.size() - LONGEST), entries.size());
    byte[] text =
        kept.stream()
            .map(entry -> entry.line() + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    Path list = list(service);
    if (Files.exists(list) && Arrays.equals(Files.readAllBytes(list), text)) {
      return;
    }
    Files.createDirectories(list.getParent(), OWN_FOLDER);
    Path next = list.resolveSibling(LIST + ".part");
    try {
      Files.write(next, text);
      Files.move(next, list, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
    prune(list.getParent(), kept);
  }

  // ---- jars ------------------------------------------------------------------------------------

  /**
   * Keeps a jar's content; returns the copy.
   *
   * @throws IOException if the file has changed since it was read, or cannot be copied; nothing is
   *     left then
   */
  ServiceJar keep(String service, ServiceJar jar) throws IOException {
    Path kept = jar(service, jar.digest());
    if (!Files.exists(kept)) {
      Files.createDirectories(kept.getParent(), OWN_FOLDER);
      Path copy = kept.resolveSibling(jar.digest() + ".part");
      try {
        try (InputStream in = Files.newInputStream(jar.file());
            OutputStream out = Files.newOutputStream(copy)) {
          in.transferTo(out);
        }
        if (!ServiceJar.digest(copy).equals(jar.digest())) {
          throw new IOException("it has changed while it was read");
        }
        Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(copy);
      }
    }
    return jar.at(kept);
  }

  /** The jar of a deploy, so that it can be gone back to. */
  ServiceJar kept(Entry entry) throws IOException {
    return ServiceJar.read(jar(entry.service(), entry.digest()));
  }

  private Path jar(String service, String digest) {
    return folder.resolve(service).resolve(digest + ".jar");
  }

  private static void prune(Path folder, List<Entry> kept) throws IOException {
    List<String> newestFirst = new ArrayList<>();
    for (int index = kept.size() - 1; index >= 0; index--) {
      newestFirst.add(kept.get(index).digest() + ".jar");
    }
    Set<String> wanted =
        newestFirst.stream().distinct().limit(MOST_JARS).collect(Collectors.toSet());
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.filter(some -> some.toString().endsWith(".jar")).toList()) {
        if (!wanted.contains(jar.getFileName().toString())) {
          Files.delete(jar);
        }
      }
    }
  }

  private Path list(String service) {
    return folder.resolve(service).resolve(LIST);
  }
}
