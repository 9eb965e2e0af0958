package slipway.account;

import java.time.Instant;
import java.util.Objects;

/**
 * A user is banned.
 *
 * @param until when it ends
 * @param reason why, one line; may be empty
 * @param by who issued it: an operator's name, or {@code console}
 */
public record Ban(Instant until, String reason, String by) {

  /** Checks that nothing is null. */
  public Ban {
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(by, "by");
  }
}
