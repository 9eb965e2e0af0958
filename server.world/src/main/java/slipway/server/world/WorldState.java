package slipway.server.world;

/**
 * How a world is.
 *
 * <pre>
 *  RUNNING ◂─▸ HELD ─▸ CLOSED
 *     │         ▲ │      ▲
 *     └─▸ FAILED ─┘──────┘
 * </pre>
 */
enum WorldState {
  /** Its frames are run as they are due. */
  RUNNING,
  /** No frame is run, as another version is about to take over. */
  HELD,
  /** It has thrown something, and no frame is run any more. */
  FAILED,
  /** Its service has stopped. */
  CLOSED;

  boolean mayBecome(WorldState next) {
    return switch (this) {
      case RUNNING -> next != RUNNING;
      case HELD -> next != HELD;
      case FAILED -> next == HELD || next == CLOSED;
      case CLOSED -> false;
    };
  }
}
