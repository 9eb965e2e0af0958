package slipway.server.core.life;

import slipway.admin.ServiceState;

/**
 * What becomes of a version that is ACTIVE, until something else happens. The service's state says
 * it for the version that serves:
 *
 * <pre>
 *              serves       suspended   replaced or withdrawn
 *  LOADED      UNTIL_IDLE   DRAIN       DRAIN
 *  FIXED       OPEN         DRAIN       DRAIN
 *  WAITLOCKED  DRAIN        DRAIN       DRAIN
 *  LOCKED      REVOKE       REVOKE      REVOKE
 * </pre>
 */
enum Course {
  /** It takes users, and stays without them. */
  OPEN,

  /** It takes users, and stops when nobody needs it. */
  UNTIL_IDLE,

  /** It takes no more users; those who are there may stay for a while. It stops without users. */
  DRAIN,

  /** All users are to leave at once; it stops when they have, or at a deadline. */
  REVOKE;

  /**
   * Finds the course of a version.
   *
   * @param state its service's
   * @param suspended whether all versions of its service stop for a while
   * @param serves whether it is the one that serves
   */
  static Course of(ServiceState state, boolean suspended, boolean serves) {
    return switch (state) {
      case LOCKED -> REVOKE;
      case WAITLOCKED -> DRAIN;
      case FIXED -> suspended || !serves ? DRAIN : OPEN;
      case LOADED -> suspended || !serves ? DRAIN : UNTIL_IDLE;
    };
  }

  /** Whether it takes users. */
  boolean admits() {
    return this == OPEN || this == UNTIL_IDLE;
  }

  /** Whether a version that has stopped is to be started. */
  boolean starts(boolean demanded) {
    return this == OPEN || this == UNTIL_IDLE && demanded;
  }

  /** Whether it matters that the last user leaves. */
  boolean minds() {
    return this != OPEN;
  }
}
