package slipway.server.core.deploy;

import java.io.IOException;
import slipway.admin.AdminException;

/** A content was not deployed, or was taken out again; the message says why, in one line. */
final class NotDeployed extends Exception {

  private static final long serialVersionUID = 1L;

  /** When it is worth a further try, by itself; a file that changes is always tried again. */
  enum Retry {
    /** Not before somebody touches it. */
    ON_CHANGE,
    /** When there are other packages. */
    ON_PACKAGES,
    /** In a while: something was short. */
    SOON
  }

  private final Retry retry;

  NotDeployed(String reason, Retry retry) {
    super(reason);
    this.retry = retry;
  }

  NotDeployed(String reason, Retry retry, Throwable cause) {
    super(reason, cause);
    this.retry = retry;
  }

  /** For good, as far as it is for the host to say. */
  static NotDeployed refused(String reason) {
    return new NotDeployed(reason, Retry.ON_CHANGE);
  }

  /** Because of what happened to a file. */
  static NotDeployed of(Exception failed) {
    return failed instanceof NotDeployed known
        ? known
        : new NotDeployed(
            Trouble.of(failed),
            failed instanceof ServiceJar.Unfit ? Retry.ON_CHANGE : Retry.SOON,
            failed);
  }

  /** Because the copy that is kept, or the record of it, cannot be written. */
  static NotDeployed unkept(IOException failed) {
    return new NotDeployed(
        "its copy in var/versions cannot be written: "
            + Trouble.of(failed)
            + "; nothing was changed",
        Retry.SOON,
        failed);
  }

  Retry retry() {
    return retry;
  }

  AdminException forOperators() {
    return new AdminException(getMessage(), this);
  }
}
