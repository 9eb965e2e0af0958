package slipway.server.world;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.world.WorldService;
import slipway.world.WorldSpec;

/**
 * The worlds of one service, whichever of its versions runs them. Belongs to the control thread of
 * {@link HostWorlds}; what it has opened may be looked up by any thread.
 */
final class Realm {

  private static final Logger LOG = LoggerFactory.getLogger(Realm.class);

  private final String service;
  private final Directory directory;
  private final Function<WorldService, String> numbers;
  private final Function<Rehearsals, CompletableFuture<Void>> rehearse;

  private final SessionIndex sessions = new SessionIndex();

  /** Replaced as a whole. */
  private volatile OpenWorlds worlds = OpenWorlds.NONE;

  /** The version that runs them; null if they are closed. */
  private WorldService current;

  /** The version that makes them; null if none does, or it has stopped meanwhile. */
  private WorldService opening;

  /** Completed when worlds that were being made are open, or are closed again. */
  private CompletableFuture<Void> made = CompletableFuture.completedFuture(null);

  /** Under way; null if there are none. */
  private volatile Rehearsals rehearsals;

  /** Those of a version that has stopped come to their end; completed when they have. */
  private volatile CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);

  /** A version that is ready to go on with them; null if there is none. */
  private WorldService candidate;

  /**
   * Makes it, closed.
   *
   * @param numbers tells the number of a version
   * @param rehearse has a version rehearse
   */
  Realm(
      String service,
      Directory directory,
      Function<WorldService, String> numbers,
      Function<Rehearsals, CompletableFuture<Void>> rehearse) {
    this.service = service;
    this.directory = directory;
    this.numbers = numbers;
    this.rehearse = rehearse;
  }

  // ---- for any thread --------------------------------------------------------------------------

  String service() {
    return service;
  }

  /** The worlds that are open. */
  OpenWorlds worlds() {
    return worlds;
  }

  Directory directory() {
    return directory;
  }

  SessionIndex sessions() {
    return sessions;
  }

  /** What another version would go on with, for people; empty if it has been closed. */
  String runs() {
    return Inventory.of(worlds.all()).toString();
  }

  // ---- the control thread ----------------------------------------------------------------------

  /** A version can serve as soon as this is completed. */
  CompletableFuture<Void> ready(WorldService version) {
    if (!closing.isDone()) {
      return closing.thenComposeAsync(closed -> ready(version), directory.control());
    }
    if (current == null) {
      return open(version);
    }
    if (current != version) {
      check(version);
      candidate = version;
      return rehearse(version);
    }
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> rehearse(WorldService version) {
    Rehearsals next =
        new Rehearsals(
            version,
            numbers.apply(version),
            worlds.all().stream().filter(HostWorld::isRunning).toList());
    rehearsals = next;
    return rehearse
        .apply(next)
        .whenCompleteAsync(
            (done, failed) -> {
              if (rehearsals == next) {
                rehearsals = null; // it has the classes of its version
              }
              if (failed != null && candidate == version) {
                candidate = null;
              }
            },
            directory.control());
  }

  /** What a version waits for before it is ready. */
  String awaited() {
    if (!closing.isDone()) {
      return "the worlds of the version before, which are being parked";
    }
    Rehearsals now = rehearsals;
    return now == null ? "its worlds" : now.progress();
  }

  /** A version runs the worlds when this is completed, with what it goes on with, for people. */
  CompletableFuture<String> takeOver(WorldService version) {
    if (!closing.isDone()) {
      return closing.thenComposeAsync(closed -> takeOver(version), directory.control());
    }
    if (candidate == version) {
      candidate = null;
    }
    return current == null
        ? open(version).thenApply(opened -> "")
        : passTo(version).thenApply(taken -> Inventory.of(taken).takenOver(numbers.apply(version)));
  }

  /**
   * Versions have stopped; if the one that runs the worlds has, one that was ready opens them.
   *
   * @return completed when the worlds have come to their end
   */
  CompletableFuture<Void> stopped(Predicate<WorldService> which) {
    if (candidate != null && which.test(candidate)) {
      candidate = null;
    }
    if (opening != null && which.test(opening)) {
      abandon();
    }
    if (current == null || !which.test(current)) {
      return closing;
    }
    CompletableFuture<Void> closed = close();
    if (candidate != null) {
      WorldService next = candidate;
      candidate = null;
      closing = closed.thenCompose(done -> open(next)).exceptionally(this::tell);
    }
    return closed;
  }

  private Void tell(Throwable failed) {
    LOG.error("{}: its worlds cannot be opened", service, Stages.cause(failed));
    return null;
  }

  /**
   * Opens all worlds of a version, anew.
   *
   * @return failed if one cannot be made, or the version stops meanwhile; then none is open
   */
  private CompletableFuture<Void> open(WorldService version) {
    opening = version;
    CompletableFuture<Void> open =
        make(specs(version), version)
            .thenAcceptAsync(opened -> opened(version, opened), directory.control());
    made = open.exceptionally(failed -> null);
    return open;
  }

  /** The version that makes worlds has stopped: they are closed as soon as they are made. */
  private void abandon() {
    opening = null;
    closing = made;
  }

  private void opened(WorldService version, Map<String, HostWorld> all) {
    if (opening != version) {
      all.values().forEach(directory::close);
      throw new IllegalStateException("it has stopped before its worlds were made");
    }
    opening = null;
    current = version;
    worlds = OpenWorlds.NONE.and(all);
  }

  private CompletableFuture<Map<String, HostWorld>> make(
      List<WorldSpec> specs, WorldService version) {
    return new Opening(this, directory, version, numbers.apply(version)).open(specs);
  }

  private static List<WorldSpec> specs(WorldService version) {
    List<WorldSpec> specs = version.worlds();
    if (specs == null || specs.isEmpty()) {
      throw new IllegalStateException("it has no world");
    }
    return specs;
  }

  /**
   * Finds out whether a version can go on with the worlds at all.
   *
   * @throws IllegalStateException if it cannot, with the reason
   */
  private void check(WorldService next) {
    List<String> offered = specs(next).stream().map(WorldSpec::name).toList();
    for (String running : worlds.names()) {
      if (!offered.contains(running)) {
        throw new IllegalStateException(
            "it has no world " + running + ", which runs; its worlds are " + offered);
      }
    }
  }

  /**
   * Has a version go on with all worlds, between two frames of each, and opens those that it has
   * beside them; the one that runs them goes on if it cannot.
   */
  private CompletableFuture<List<HostWorld>> passTo(WorldService next) {
    check(next);
    List<WorldSpec> more =
        specs(next).stream().filter(spec -> !worlds.names().contains(spec.name())).toList();
    return make(more, next).thenComposeAsync(made -> passTo(next, made), directory.control());
  }

  private CompletableFuture<List<HostWorld>> passTo(
      WorldService next, Map<String, HostWorld> more) {
    List<HostWorld> others =
        worlds.all().stream().filter(world -> world.tenure().service() != next).toList();
    return new Takeover(this, next, numbers.apply(next))
        .load(others)
        .thenComposeAsync(loaded -> goOn(next, loaded), directory.control())
        .handleAsync(
            (done, failed) -> {
              if (failed != null) {
                more.values().forEach(directory::close);
                throw new CompletionException(Stages.cause(failed));
              }
              worlds = worlds.and(more);
              return others;
            },
            directory.control());
  }

  private CompletableFuture<Void> goOn(WorldService next, List<Attempt> loaded) {
    WorldService before = current;
    current = next;
    return Takeover.take(loaded)
        .whenCompleteAsync(
            (done, failed) -> {
              if (failed != null) {
                current = before;
              }
            },
            directory.control());
  }

  /** The version that runs the worlds has stopped; completed when they have come to their end. */
  CompletableFuture<Void> close() {
    if (opening != null) {
      abandon();
    }
    if (current != null) {
      Collection<HostWorld> open = worlds.all();
      worlds = OpenWorlds.NONE;
      current = null;
      closing = new Closing(service, directory, open).run();
    }
    return closing;
  }
}
