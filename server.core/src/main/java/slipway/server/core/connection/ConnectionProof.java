package slipway.server.core.connection;

/**
 * Whether the version that serves a connection has shown that it can: its handlers have dealt with
 * what the client sent. Each version that takes the connection up has to show it again.
 *
 * <pre>
 *  DISPATCHING ──dispatched──▶ OPEN ──bytes──▶ RECEIVED ──end of the read──▶ SHOWN
 *                               ▲                 │                            │
 *                               └── another version, or the one before again ──┘
 * </pre>
 *
 * <p>Belongs to the connection's event loop.
 */
final class ConnectionProof {

  private enum Stage {
    DISPATCHING,
    OPEN,
    RECEIVED,
    SHOWN
  }

  private Stage stage = Stage.DISPATCHING;

  /** The service's handlers receive what arrives from now on. */
  void dispatched() {
    if (stage == Stage.DISPATCHING) {
      stage = Stage.OPEN;
    }
  }

  /** Another version serves now. */
  void beginAnew() {
    if (stage != Stage.DISPATCHING) {
      stage = Stage.OPEN;
    }
  }

  /** Bytes have gone to what is next in the pipeline. */
  void received() {
    if (stage == Stage.OPEN) {
      stage = Stage.RECEIVED;
    }
  }

  /** The read has ended without a failure; true if this is the first time that bytes came. */
  boolean show() {
    boolean first = stage == Stage.RECEIVED;
    if (first) {
      stage = Stage.SHOWN;
    }
    return first;
  }
}
