package slipway.admin;

import java.util.List;

/**
 * A file in {@code conf/} that is refused.
 *
 * @param file its name
 * @param goOn the names of what keeps what the file said before, ordered; empty if nothing does
 * @param reason why, in one line: the key, the value, and what is allowed
 */
public record RefusedFile(String file, List<String> goOn, String reason) {

  /** Copies the names. */
  public RefusedFile {
    goOn = List.copyOf(goOn);
  }
}
