package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files, and tells those that are on their way still from those that are no jars: a file that
 * is not whole is refused only when it has not changed for a moment, by its own time or since it
 * was seen so first. Belongs to the deployer's thread.
 */
final class Arrivals {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final ShelfFiles files;
  private final Refusals refusals;
  private final Clock clock;

  Arrivals(ShelfFiles files, Refusals refusals, Clock clock) {
    this.files = files;
    this.refusals = refusals;
    this.clock = clock;
  }

  /** Reads a file; empty if it is no jar, or none yet, which is noted then. */
  Optional<ServiceJar> read(Path file) {
    try {
      ServiceJar jar = ServiceJar.read(file);
      if (!files.hasChanged(file)) {
        return Optional.of(jar);
      }
      files.await(file);
    } catch (NoSuchFileException gone) {
      absent(file);
    } catch (ServiceJar.Unfit unfit) {
      unfit(file, unfit);
    } catch (IOException failed) {
      refusals.refuse(file, Optional.empty(), NotDeployed.of(failed));
    }
    return Optional.empty();
  }

  /** A file that has gone just now, or a link to one, which may be on its way still. */
  private void absent(Path file) {
    if (!Files.isSymbolicLink(file)) {
      LOG.debug("{} is gone", file.getFileName());
    } else if (files.wasAwaited(file)) {
      String reason = "it is a link to " + target(file) + ", and there is no such file";
      refusals.refuse(file, Optional.empty(), NotDeployed.refused(reason));
    } else {
      files.await(file);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().replaceAll("\\p{Cntrl}", "?");
    } catch (IOException gone) {
      return "nothing";
    }
  }

  private void unfit(Path file, ServiceJar.Unfit reason) {
    try {
      if (files.wasAwaited(file) || isOld(Files.getLastModifiedTime(file))) {
        refusals.refuse(file, Optional.empty(), NotDeployed.of(reason));
      } else {
        files.await(file);
      }
    } catch (IOException gone) {
      LOG.debug("{} is gone: {}", file.getFileName(), gone.getMessage());
    }
  }

  private boolean isOld(FileTime modified) {
    return !modified.toInstant().isAfter(clock.instant().minus(ShelfFiles.MOMENT));
  }
}
