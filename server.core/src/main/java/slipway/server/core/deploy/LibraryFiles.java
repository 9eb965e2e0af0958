package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.DeployAdmin.Refused;
import slipway.server.core.deploy.FileState.Fate;

/**
 * Files that are libraries: installed when they come, uninstalled when they go and nobody uses
 * them. One that is in use stays, and is told of until its file is back or nobody uses it.
 *
 * <p>Belongs to the deployer's thread.
 */
final class LibraryFiles {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryFiles.class);

  private final ShelfFiles files;
  private final Refusals refusals;
  private final SharedBundles libraries;
  private final Departures departures;
  private final Runnable changed;

  /**
   * Libraries that have lost their file and stay, each with the reason. The file may be another
   * content's by now, with a state of its own.
   */
  private final Map<Path, String> left = new TreeMap<>();

  /**
   * Makes it, with nothing left.
   *
   * @param departures of those that are left; nobody else uses it
   * @param changed run when it is known later what has become of a file
   */
  LibraryFiles(
      ShelfFiles files,
      Refusals refusals,
      SharedBundles libraries,
      Departures departures,
      Runnable changed) {
    this.files = files;
    this.refusals = refusals;
    this.libraries = libraries;
    this.departures = departures;
    this.changed = changed;
  }

  /** A file has a content that was read just now. */
  void offer(Path file, ServiceJar jar) {
    if (files.hold(file, jar, Fate.LIBRARY)) {
      return;
    }
    Optional<Path> same = libraries.file(jar.digest());
    if (same.filter(file::equals).isPresent()) {
      files.put(file, jar, Fate.LIBRARY);
    } else if (same.filter(old -> !files.isThere(old)).isPresent()) {
      files.forget(same.get());
      libraries.renamed(same.get(), file);
      files.put(file, jar, Fate.LIBRARY);
    } else {
      files.put(file, jar, Fate.TRIED);
      libraries.offer(jar, file, (offered, refused) -> answered(file, offered, refused));
    }
  }

  private void answered(Path file, ServiceJar jar, NotDeployed refused) {
    if (files.state(file).filter(state -> state.has(jar.digest())).isEmpty()) {
      return;
    }
    if (refused == null) {
      files.become(file, jar.digest(), Fate.LIBRARY);
    } else if (files.hasChanged(file)) {
      files.await(file);
    } else {
      refusals.refuse(file, Optional.of(jar), refused);
    }
    changed.run();
  }

  /** A file was written here: it is the library that was installed before. */
  void published(Path file, ServiceJar jar) {
    files.written(file, jar, Fate.LIBRARY);
  }

  /** A file is gone, or is no library any more. */
  void depart(Path file) {
    departures.attempt(file, () -> takeAway(file));
  }

  private void takeAway(Path file) {
    Optional<String> reason = libraries.departed(file);
    if (reason.isEmpty()) {
      left.remove(file);
    } else if (!reason.get().equals(left.put(file, reason.get()))) {
      LOG.warn("{}: {}", file.getFileName(), reason.get());
    }
  }

  /** Lets those go that nobody uses any more, and those that could not be taken away. */
  void departAgain() {
    departures.with(List.copyOf(left.keySet())).forEach(this::departAgain);
  }

  private void departAgain(Path file) {
    boolean service = files.state(file).flatMap(FileState::service).isPresent();
    if (files.isThere(file) && !service) {
      left.remove(file); // it is back; its content may be another one, and is told of itself
      departures.forget(file::equals);
    } else {
      depart(file);
    }
  }

  /** Those that have lost their file and stay, as operators see them. */
  List<Refused> left() {
    return Stream.concat(
            departures.shown().stream(),
            left.entrySet().stream()
                .filter(some -> !departures.hasFailed(some.getKey()))
                .map(
                    some ->
                        new Refused(some.getKey().getFileName().toString(), "", some.getValue())))
        .toList();
  }
}
