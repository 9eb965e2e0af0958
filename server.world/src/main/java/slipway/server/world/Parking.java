package slipway.server.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.world.park.ParkFolder;
import slipway.server.world.park.ParkedWorld;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;

/**
 * Which worlds are parked, and what is known of their files. A file holds how its world was when
 * that ended; once the world has gone on for a second, it is set aside, as the world is another one
 * from then on. So a host that crashes does not bring back what was long ago.
 *
 * <pre>
 *  park ─▸ NAME.world ─▸ find, load, run for a second ─▸ NAME.world.old
 *              ▲                                │
 *              └──────────── park ◂─────────────┘
 * </pre>
 *
 * <p>May be used from any thread; what reads or writes a file is for threads that may block.
 */
final class Parking {

  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

  /** How long a world may have been parked without a warning: longer than a host is repaired. */
  private static final Duration LONG_AGO = Duration.ofDays(1);

  private final Predicate<String> parks;
  private final ParkFolder folder;
  private final InstantSource clock;
  private final ReentrantLock files = new ReentrantLock();

  /** Worlds that have gone on from their file, which is still in its place. */
  private final Set<String> loaded = new HashSet<>();

  /**
   * Makes it.
   *
   * @param parks whether a world of this name is to be parked
   */
  Parking(Predicate<String> parks, ParkFolder folder, InstantSource clock) {
    this.parks = parks;
    this.folder = folder;
    this.clock = clock;
  }

  /** Whether a world is to be parked when it ends. */
  boolean parks(String world) {
    return parks.test(world);
  }

  /** The file of a world. */
  Path file(String world) {
    return folder.file(world);
  }

  // ---- a world begins --------------------------------------------------------------------------

  /**
   * Finds how a world was when it ended.
   *
   * @return empty if it is to begin anew
   * @throws IllegalStateException if it was parked, and that cannot be used: to begin anew would
   *     lose it
   */
  Optional<ParkedWorld> find(String service, String world) {
    files.lock();
    try {
      return parks(world) ? parked(service, world) : unused(world);
    } finally {
      files.unlock();
    }
  }

  private Optional<ParkedWorld> parked(String service, String world) {
    Optional<ParkedWorld> parked;
    try {
      parked = folder.read(world);
      if (parked.isEmpty()) {
        tellOld(world);
        return parked;
      }
    } catch (IOException failed) {
      throw refusal(world, reason(failed), failed);
    }
    ParkedWorld state = parked.get();
    if (!state.service().equals(service) || !state.world().equals(world)) {
      throw refusal(
          world, "it is of world " + state.world() + " of service " + state.service(), null);
    }
    tellAge(state);
    loaded.add(world);
    return parked;
  }

  /**
   * A world cannot go on from its file.
   *
   * @param why ends a sentence about that
   * @param cause null for none
   */
  IllegalStateException refusal(String world, String why, Throwable cause) {
    return new IllegalStateException(
        "world "
            + world
            + " cannot go on from "
            + file(world)
            + ": "
            + why
            + "; to begin anew, move that file away",
        cause);
  }

  private void tellAge(ParkedWorld parked) {
    Duration age = Duration.between(parked.at(), clock.instant());
    String text = "world {}: it goes on from frame {}, as {} has parked it at {}";
    Object[] values = {
      parked.world(), parked.frame(), parked.version(), parked.at().truncatedTo(ChronoUnit.SECONDS)
    };
    if (age.compareTo(LONG_AGO) > 0) {
      LOG.warn(text + ", " + age.toDays() + " days ago", values);
    } else {
      LOG.info(text, values);
    }
  }

  /** A world that was there before and was not parked has ended without an end. */
  private void tellOld(String world) throws IOException {
    Optional<Instant> old = folder.oldSince(world);
    if (old.isPresent()) {
      LOG.warn(
          "world {}: it begins anew, as it was not parked when it ended; how it was at {} is in {}",
          world,
          old.get().truncatedTo(ChronoUnit.SECONDS),
          folder.old(world));
    }
  }

  /** A world that is not parked any more; later it is not to go on from what is there. */
  private Optional<ParkedWorld> unused(String world) {
    try {
      if (folder.setAside(world)) {
        LOG.warn(
            "world {}: it begins anew, as it is not to be parked; how it was is in {}",
            world,
            folder.old(world));
      }
    } catch (IOException failed) {
      LOG.warn("world {}: {} cannot be renamed: {}", world, file(world), reason(failed), failed);
    }
    return Optional.empty();
  }

  /** Says so if a world cannot be parked that is to be; nothing of it is called. */
  void check(String world, WorldService service, World state) {
    if (!parks(world)) {
      return;
    }
    if (!overrides(state.getClass(), "save", DataOutput.class)
        || !overrides(service.getClass(), "load", WorldContext.class, DataInput.class)) {
      LOG.warn("world {}: park = true, but its service cannot save and load it", world);
    }
  }

  private static boolean overrides(Class<?> type, String method, Class<?>... parameters) {
    try {
      Class<?> owner = type.getMethod(method, parameters).getDeclaringClass();
      return owner != World.class && owner != WorldService.class;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // ---- a world goes on -------------------------------------------------------------------------

  /** Whether the file of a world is to be set aside once that has gone on for a second. */
  boolean isLoaded(String world) {
    files.lock();
    try {
      return loaded.contains(world);
    } finally {
      files.unlock();
    }
  }

  /** A world has gone on for a second. */
  void goesOn(String world) {
    files.lock();
    try {
      if (loaded.remove(world)) { // else it has been parked again
        folder.setAside(world);
      }
    } catch (IOException failed) {
      LOG.warn("world {}: {} cannot be renamed: {}", world, file(world), reason(failed), failed);
    } finally {
      files.unlock();
    }
  }

  // ---- a world ends ----------------------------------------------------------------------------

  /** Parks a world; what goes wrong is told. */
  void park(String service, Saved saved) {
    ParkedWorld parked =
        new ParkedWorld(
            service, saved.world(), saved.version(), clock.instant(), saved.frame(), saved.state());
    files.lock();
    try {
      loaded.remove(saved.world());
      folder.write(parked);
      LOG.info(
          "world {}: parked with frame {}, {} bytes",
          saved.world(),
          saved.frame(),
          saved.state().length);
    } catch (IOException failed) {
      LOG.error(
          "world {}: it is lost, as {} cannot be written: {}",
          saved.world(),
          file(saved.world()),
          reason(failed),
          failed);
    } finally {
      files.unlock();
    }
  }

  /**
   * What a world has saved at its end.
   *
   * @param frame the number of its next frame
   */
  record Saved(String world, String version, long frame, byte[] state) {}

  private static String reason(IOException failed) {
    if (failed instanceof FileSystemException file) {
      return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
    }
    return Work.line(failed);
  }
}
