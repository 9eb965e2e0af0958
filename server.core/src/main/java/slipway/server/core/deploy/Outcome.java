package slipway.server.core.deploy;

import java.util.Optional;

/**
 * What became of a version that was deployed.
 *
 * <pre>
 *  INSTALLED ──▶ SERVES ◀──▶ REPLACED     goes back to SERVES when the newer one fails
 *   │      │      │  ▲           │
 *   │      │      ▼  │           │
 *   │      └──▶ FAILED ◀─────────┘        goes back to SERVES when it is tried again and runs
 *   ▼
 *  OVERTAKEN ──▶ SERVES, FAILED           when the newer one fails
 *
 *  SERVES, REPLACED ──▶ REMOVED           for good: its file that comes back is another deploy
 *  all others       ──▶ WITHDRAWN         for good, too
 * </pre>
 */
enum Outcome {
  /** It is installed, and on its way to serve. */
  INSTALLED("installed"),
  /** New connections go to it. */
  SERVES("serves"),
  /** A newer one has taken its place. */
  REPLACED("replaced"),
  /** A newer one served before it was known whether this one does. */
  OVERTAKEN("overtaken"),
  /** Its file was removed, after it had served. */
  REMOVED("removed"),
  /** It was taken away before it had served: nobody goes back to it. */
  WITHDRAWN("removed before it served"),
  /** It was taken out. */
  FAILED("failed");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** Whether a version of which this is known can come to that; the same again is no change. */
  boolean mayBecome(Outcome next) {
    return next == this
        || switch (this) {
          case INSTALLED ->
              next == SERVES || next == OVERTAKEN || next == WITHDRAWN || next == FAILED;
          case SERVES -> next == REPLACED || next == REMOVED || next == FAILED;
          case REPLACED -> next == SERVES || next == REMOVED || next == FAILED;
          case OVERTAKEN, FAILED -> next == SERVES || next == WITHDRAWN || next == FAILED;
          case REMOVED, WITHDRAWN -> false;
        };
  }

  /** Whether connections ever went to it. */
  boolean hasServed() {
    return this == SERVES || this == REPLACED || this == REMOVED;
  }

  /** Whether it was taken away, and nothing can become of it any more. */
  boolean isGone() {
    return this == REMOVED || this == WITHDRAWN;
  }

  /** What it comes to when it is taken away. */
  Outcome gone() {
    return hasServed() ? REMOVED : WITHDRAWN;
  }

  /** As the record and operators have it. */
  String word() {
    return word;
  }

  static Optional<Outcome> of(String word) {
    for (Outcome outcome : values()) {
      if (outcome.word().equals(word)) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }
}
