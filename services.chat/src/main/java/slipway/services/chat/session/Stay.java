package slipway.services.chat.session;

import java.util.EnumSet;
import java.util.Set;

/**
 * How far a session is, of its connection's stay with this version of the chat.
 *
 * <pre>
 *  NEW ───▶ SERVED ◀──▶ GIVING_UP ───▶ GIVEN_UP
 *   │           │           │
 *   │           └─────┬─────┘
 *   │                 ▼
 *   │               ENDED
 *   ▼                 │
 *  LEFT ◀─────────────┘
 * </pre>
 *
 * <p>If the session is taken out of the pipeline, SERVED and GIVING_UP become LEFT at once.
 */
enum Stay {
  /** The connection is not counted, and has no phase. */
  NEW,
  /** Lines are taken. */
  SERVED,
  /** Another version is to have the connection as soon as nothing is under way. */
  GIVING_UP,
  /** Another version has it: what is still to be shown is passed on. */
  GIVEN_UP,
  /** The last line has been told, or the channel is closed. */
  ENDED,
  /** Nothing of it is in the chat any more. */
  LEFT;

  private Set<Stay> next() {
    return switch (this) {
      case NEW -> EnumSet.of(SERVED, LEFT);
      case SERVED -> EnumSet.of(GIVING_UP, ENDED, LEFT);
      case GIVING_UP -> EnumSet.of(SERVED, GIVEN_UP, ENDED, LEFT);
      case ENDED -> EnumSet.of(LEFT);
      case GIVEN_UP, LEFT -> EnumSet.noneOf(Stay.class);
    };
  }

  /** Whether nothing is taken and nothing is shown any more. */
  boolean isOver() {
    return this == GIVEN_UP || this == ENDED || this == LEFT;
  }

  /**
   * Goes on.
   *
   * @throws IllegalStateException if there is no way from here to there
   */
  Stay to(Stay next) {
    if (!next().contains(next)) {
      throw new IllegalStateException(this + " does not become " + next);
    }
    return next;
  }

  /** Ends: what was never counted has nothing to leave. It stays what it is if it is over. */
  Stay ended() {
    if (isOver()) {
      return this;
    }
    return this == NEW ? to(LEFT) : to(ENDED);
  }
}
