package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does with the record: a version that served when the host ended serves again, from
 * the copy that is kept, until what lies in {@code services/} now has shown that it does. Belongs
 * to the deployer's thread.
 */
final class Restoration {

  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private final History history;
  private final Versions versions;

  Restoration(History history, Versions versions) {
    this.history = history;
    this.versions = versions;
  }

  /** Which of several files for a service: the one that served, or else the highest version. */
  Path chosen(String service, Map<Path, ServiceJar> files) {
    Optional<Entry> served = history.serving(service);
    Comparator<Map.Entry<Path, ServiceJar>> best =
        Comparator.comparing(some -> isContentOf(served, some.getValue()));
    return files.entrySet().stream()
        .max(
            best.thenComparing(some -> isFileOf(served, some.getKey()))
                .thenComparing(some -> some.getValue().version())
                .thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  private static boolean isContentOf(Optional<Entry> served, ServiceJar jar) {
    return served.filter(entry -> entry.digest().equals(jar.digest())).isPresent();
  }

  private static boolean isFileOf(Optional<Entry> served, Path file) {
    return served.filter(entry -> entry.file().equals(file.getFileName().toString())).isPresent();
  }

  /** What served when the host ended; empty if nothing did. */
  Optional<Entry> served(String service) {
    return history.serving(service);
  }

  /** Deploys what served, unless that is what is to be deployed anyway. */
  void beside(String service, Path file, ServiceJar jar) {
    Optional<Entry> served = history.serving(service);
    if (!isContentOf(served, jar)) {
      served.ifPresent(entry -> again(entry, file));
    }
  }

  /** Those of a service's files whose content has failed when it was tried, the last one last. */
  List<Path> failed(Map<Path, ServiceJar> files) {
    Map<Path, Instant> failed = new HashMap<>();
    files.forEach(
        (file, jar) -> history.failed(jar).ifPresent(entry -> failed.put(file, entry.when())));
    return failed.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What served, of services for which there is no file that can be read. */
  List<Entry> lost(Collection<String> found) {
    return history.services().stream()
        .filter(service -> !found.contains(service))
        .map(history::serving)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Notes what became of versions that were on their way to serve when the host ended, as after a
   * crash, except those that may be tried again now.
   *
   * @param found the contents that lie in {@code services/} now
   */
  void unserved(Collection<ServiceJar> found) {
    for (String service : history.services()) {
      for (Entry entry : history.installed(service)) {
        if (history.isOvertaken(entry)) {
          history.conclude(entry, Outcome.OVERTAKEN, "");
        } else if (found.stream().noneMatch(jar -> jar.digest().equals(entry.digest()))) {
          history.conclude(entry, Outcome.FAILED, "the host ended before it served");
        }
      }
    }
  }

  /** It was taken away while the host did not run. */
  void end(Entry served) {
    history.conclude(served, Outcome.REMOVED, "");
  }

  /** Deploys what served once more, from the copy that is kept. */
  void again(Entry served, Path file) {
    try {
      versions.deploy(history.kept(served), file, "file", served.source(), false);
      LOG.warn(
          "{}: version {}, which served before, serves until {} does",
          served.service(),
          served.version(),
          file.getFileName());
    } catch (IOException | NotDeployed lost) {
      LOG.error(
          "{}: version {}, which served before, cannot be had: {}",
          served.service(),
          served.version(),
          Trouble.of(lost));
    }
  }
}
