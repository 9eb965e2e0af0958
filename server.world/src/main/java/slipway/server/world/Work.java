package slipway.server.world;

import java.util.Objects;
import java.util.concurrent.Callable;

/** Work that a world has done elsewhere, as it may block. */
final class Work {

  private static final int LONGEST_TEXT = 300;

  private Work() {}

  /** Does it; any exception or error of it becomes what its world is told. */
  static Mail done(String tag, Callable<byte[]> work) {
    try {
      return new Mail.Answer(tag, Objects.requireNonNull(work.call(), "it has given null").clone());
    } catch (Throwable failed) {
      return new Mail.NoAnswer(tag, line(failed));
    }
  }

  /** What has gone wrong, in one line that is not too long. */
  static String line(Throwable failed) {
    String text = failed.getMessage() == null ? failed.toString() : failed.getMessage();
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
  }
}
