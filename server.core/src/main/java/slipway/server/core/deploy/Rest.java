package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells files that are still being written from those that rest: one that is not whole is broken
 * only when nobody goes on writing it. Belongs to the deployer's thread.
 */
final class Rest {

  /** Time without a change after which a file rests. */
  static final Duration MOMENT = Duration.ofSeconds(2);

  private final Clock clock;
  private final Map<Path, Look> looks = new HashMap<>();

  /** What a file was like, and when it was seen so for the first time. */
  private record Look(long size, FileTime modified, Instant since) {}

  Rest(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether a file has not changed for a moment, by its own time or since it was asked for first.
   *
   * @throws IOException if it is gone
   */
  boolean has(Path file) throws IOException {
    Instant now = clock.instant();
    long size = Files.size(file);
    FileTime modified = Files.getLastModifiedTime(file);
    Look last = looks.get(file);
    if (last == null || last.size() != size || !last.modified().equals(modified)) {
      last = new Look(size, modified, now);
      looks.put(file, last);
    }
    Instant latest = now.minus(MOMENT);
    return !last.since().isAfter(latest) || !modified.toInstant().isAfter(latest);
  }

  /** It is whole, or gone. */
  void forget(Path file) {
    looks.remove(file);
  }
}
