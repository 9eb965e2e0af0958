package slipway.server.core.connection;

import java.util.Locale;
import slipway.server.core.life.Refusal;

/** Why clients are not served, as operators count it. */
enum Refused {
  /** A stage of the acceptor has refused it, such as TLS. */
  STAGE,
  /** A listener has refused it, such as a limit. */
  LISTENER,
  /** It has sent what is no name of a service. */
  BAD_REQUEST,
  /** Nothing provides the service that it asked for. */
  UNKNOWN_SERVICE,
  /** The service's state admits nobody. */
  LOCKED,
  /** The service has as many connections as it may have. */
  FULL,
  /** The service did not start, or could not take it. */
  START_FAILED,
  /** It has named no service in time, or the service was not there in time. */
  DISPATCH_TIMEOUT;

  /** Why there is no lease. */
  static Refused of(Refusal refusal) {
    return switch (refusal.kind()) {
      case UNKNOWN -> UNKNOWN_SERVICE;
      case LOCKED -> Refused.LOCKED;
      case FAILED -> START_FAILED;
    };
  }

  /** As a label has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
