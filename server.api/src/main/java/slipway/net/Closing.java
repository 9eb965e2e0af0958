package slipway.net;

/** Why a connection was closed, as far as the host knows. */
public enum Closing {
  /** The client has ended its output or has gone. */
  CLIENT,
  /** The service has closed it. */
  SERVICE,
  /** It was never served: it was refused. */
  REFUSED,
  /** No byte has moved for its idle timeout. */
  IDLE,
  /** Its service has failed. */
  FAILED,
  /** Its version, its service or the host went away. */
  WENT_AWAY,
  /** An operator has closed it. */
  OPERATOR
}
