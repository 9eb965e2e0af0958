package slipway.health;

import java.util.Objects;

/**
 * What a check has found.
 *
 * @param status how it is
 * @param reason why, in one line; may be empty if it is {@link Status#OK}
 */
public record Finding(Status status, String reason) {

  /** How a part is. */
  public enum Status {
    /** It works. */
    OK,
    /** It works, and somebody ought to look at it; no probe fails. */
    WARNING,
    /** It does not work: the probe fails. */
    FAILED
  }

  /** All is well. */
  public static final Finding OK = new Finding(Status.OK, "");

  /** Neither may be null. */
  public Finding {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
  }

  /** It works, and somebody ought to look at it. */
  public static Finding warning(String reason) {
    return new Finding(Status.WARNING, reason);
  }

  /** It does not work. */
  public static Finding failed(String reason) {
    return new Finding(Status.FAILED, reason);
  }
}
