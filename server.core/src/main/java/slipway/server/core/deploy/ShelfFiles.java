package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.deploy.FileState.Fate;

/**
 * What files there are in {@code services/}, and the state of each. A file is gone when two looks
 * in a row have not found it, as it may be on its way to another name. Decides nothing else.
 *
 * <p>Belongs to the deployer's thread.
 */
final class ShelfFiles {

  /** What a file has that is on its way still, before it is looked at again without a change. */
  static final Duration MOMENT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(ShelfFiles.class);

  private final FolderLook folder;
  private final LongSupplier nanos;
  private final Map<Path, Place> places = new TreeMap<>();

  /** What the last look has found. */
  private SortedMap<Path, FileStamp> found = new TreeMap<>();

  /** Why the folder could not be read; empty if it could. */
  private String trouble = "";

  /**
   * Where a file is or was.
   *
   * @param missed whether the last look has not found it
   */
  private record Place(FileState state, boolean missed) {}

  ShelfFiles(FolderLook folder, LongSupplier nanos) {
    this.folder = folder;
    this.nanos = nanos;
  }

  // ---- what there is ---------------------------------------------------------------------------

  /**
   * Looks at the folder.
   *
   * @return false if it cannot be read, which is told once: then nothing is known to have changed
   */
  boolean look() {
    try {
      found = folder.jars();
      trouble = "";
      return true;
    } catch (IOException unreadable) {
      String now = Trouble.of(unreadable);
      if (!now.equals(trouble)) {
        LOG.error("{} cannot be read, so what serves keeps serving: {}", folder.folder(), now);
      }
      trouble = now;
      return false;
    }
  }

  /** The files that are to be read: those that are new, have changed, or are to be tried again. */
  List<Path> due() {
    return found.keySet().stream().filter(this::isDue).toList();
  }

  private boolean isDue(Path file) {
    return state(file)
        .filter(state -> state.stamp().equals(stamp(file)) && !state.isDue(nanos.getAsLong()))
        .isEmpty();
  }

  /** The files that are gone; to be asked once after each look. */
  List<Path> gone() {
    List<Path> gone = new ArrayList<>();
    places.replaceAll(
        (file, place) -> {
          boolean missed = !isThere(file);
          if (missed && place.missed()) {
            gone.add(file);
          }
          return new Place(place.state(), missed);
        });
    return gone;
  }

  /** Whether the last look has found a file. */
  boolean isThere(Path file) {
    return found.containsKey(file);
  }

  /** Whether a file that the last look has found has another content now, or is gone. */
  boolean hasChanged(Path file) {
    return isThere(file) && !FileStamp.of(file).equals(Optional.of(found.get(file)));
  }

  private FileStamp stamp(Path file) {
    return found.getOrDefault(file, FileStamp.UNKNOWN);
  }

  /** The file of that name. */
  Path named(String name) {
    return folder.folder().resolve(name);
  }

  // ---- the state of one ------------------------------------------------------------------------

  /** Empty if nothing is known of it. */
  Optional<FileState> state(Path file) {
    return Optional.ofNullable(places.get(file)).map(Place::state);
  }

  private void put(Path file, FileState state) {
    Place before = places.get(file);
    places.put(file, new Place(state, before != null && before.missed()));
  }

  /** It was read, and has come to that. */
  void put(Path file, ServiceJar jar, Fate fate) {
    put(file, new FileState.Known(stamp(file), jar, fate));
  }

  /** It may be on its way still: it is looked at again when it changes, and in a moment. */
  void await(Path file) {
    put(file, new FileState.Arrives(stamp(file), nanos.getAsLong() + MOMENT.toNanos()));
  }

  /** Whether it is awaited, and has not changed since: then the moment that it had is over. */
  boolean wasAwaited(Path file) {
    return state(file)
        .filter(FileState.Arrives.class::isInstance)
        .filter(before -> before.stamp().equals(stamp(file)))
        .isPresent();
  }

  /**
   * It is refused.
   *
   * @return whether that is news
   */
  boolean refuse(Path file, Optional<ServiceJar> jar, NotDeployed refusal) {
    FileState before = state(file).orElse(null);
    FileState.Refused refused =
        FileState.Refused.of(before, stamp(file), jar, refusal, nanos.getAsLong());
    put(file, refused);
    return refused.isNews(before);
  }

  /** Whether that is what a file had come to, with this content; then it is noted as looked at. */
  boolean hold(Path file, ServiceJar jar, Fate fate) {
    if (state(file).orElse(null) instanceof FileState.Known known
        && known.is(fate)
        && known.has(jar.digest())) {
      put(file, known.touched(stamp(file)));
      return true;
    }
    return false;
  }

  /**
   * What a file had, if it has that still, has come to something.
   *
   * @return false if it has another content, or is gone: then nothing is noted
   */
  boolean become(Path file, String digest, Fate fate) {
    Optional<FileState> state = state(file).filter(some -> some.has(digest));
    state.ifPresent(some -> put(file, some.with(fate)));
    return state.isPresent();
  }

  /** It was written by us, and is there although no look has found it yet. */
  void written(Path file, ServiceJar jar, Fate fate) {
    FileStamp.of(file).ifPresent(stamp -> found.put(file, stamp));
    places.put(file, new Place(new FileState.Known(stamp(file), jar, fate), false));
  }

  void forget(Path file) {
    places.remove(file);
  }

  // ---- the states of all -----------------------------------------------------------------------

  Collection<FileState> states() {
    return places.values().stream().map(Place::state).toList();
  }

  /** Calls something for each file, in the order of their names. */
  void forEach(BiConsumer<Path, FileState> action) {
    places.forEach((file, place) -> action.accept(file, place.state()));
  }

  /** The files in a state, by their names. */
  List<Path> all(Predicate<FileState> which) {
    return places.entrySet().stream()
        .filter(some -> which.test(some.getValue().state()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The spare with the highest version that could serve in place of a file. */
  Optional<Path> spare(String service, Path leaving) {
    return all(state -> state.is(Fate.SPARE) && state.provides(service)).stream()
        .filter(file -> !file.equals(leaving))
        .max(Comparator.comparing(file -> jar(file).version()));
  }

  /** The content of a file that was read. */
  ServiceJar jar(Path file) {
    return state(file).flatMap(FileState::jar).orElseThrow();
  }

  /** There are other packages now: what did not resolve is tried again at the next look. */
  void packagesChanged() {
    places.replaceAll(
        (file, place) ->
            place.state() instanceof FileState.Refused refused
                ? new Place(refused.packagesChanged(nanos.getAsLong()), place.missed())
                : place);
  }
}
