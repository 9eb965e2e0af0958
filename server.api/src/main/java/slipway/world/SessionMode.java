package slipway.world;

/**
 * Where a session is on its way through the worlds of a service.
 *
 * <pre>
 *  NONE ─▸ AUTH ─────▸ AUTH_TO_GAME ─▸ GAME ─┐
 *   ▲       │           │   ▲          │  └──┘ to another world: AUTH_TO_GAME again
 *   │       ▼           │   └──────────┤
 *   │  LOGOUT_IN_AUTH   └─▸ LOGOUT_IN_GAME ◂┘
 *   │       │                   │
 *   └───────┴── WAIT_LOGOUT ◂───┘
 * </pre>
 *
 * <p>The modes are those of the MMO servers of the school that {@link slipway.packet} is of.
 */
public enum SessionMode {
  /** It is in no world: not yet, or not any more. */
  NONE,
  /** It is in a world of the kind {@link WorldKind#AUTH}, or will be with its next frame. */
  AUTH,
  /** It has left a world, and is on its way to one of the kind {@link WorldKind#GAME}. */
  AUTH_TO_GAME,
  /** It is in a world of the kind {@link WorldKind#GAME}. */
  GAME,
  /** It is over, and its world, of the kind {@link WorldKind#AUTH}, is going to be told. */
  LOGOUT_IN_AUTH,
  /** It is over, and its world, of the kind {@link WorldKind#GAME}, is going to be told. */
  LOGOUT_IN_GAME,
  /** Its world has been told that it is over; what it was sent has not left yet. */
  WAIT_LOGOUT;

  /** Whether a session may come from this mode to another one. */
  public boolean mayBecome(SessionMode next) {
    return switch (this) {
      case NONE -> next == AUTH;
      case AUTH -> next == AUTH_TO_GAME || next == LOGOUT_IN_AUTH;
      case AUTH_TO_GAME -> next == GAME || next == LOGOUT_IN_GAME; // closed on its way
      case GAME -> next == AUTH_TO_GAME || next == LOGOUT_IN_GAME;
      case LOGOUT_IN_AUTH, LOGOUT_IN_GAME -> next == WAIT_LOGOUT;
      case WAIT_LOGOUT -> next == NONE;
    };
  }
}
