package slipway.server.core.deploy;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of a version that was deployed.
 *
 * <pre>
 *  INSTALLED ──▶ SERVES ◀──▶ REPLACED    goes back to SERVES when the newer one fails
 *      │          │  ▲           │
 *      │          ▼  │           │
 *      └───────▶ FAILED ◀────────┘       goes back to SERVES when it is tried again and runs
 *
 *  each of them ──▶ REMOVED              for good: its file that comes back is another deploy
 * </pre>
 */
enum Outcome {
  /** It is installed, and on its way to serve. */
  INSTALLED,
  /** New connections go to it. */
  SERVES,
  /** A newer one has taken its place. */
  REPLACED,
  /** Its file was removed. */
  REMOVED,
  /** It was taken out. */
  FAILED;

  /** Whether a version of which this is known can come to that; the same again is no change. */
  boolean mayBecome(Outcome next) {
    return switch (this) {
      case INSTALLED -> next != REPLACED;
      case SERVES -> next != INSTALLED;
      case REPLACED -> next != INSTALLED;
      case FAILED -> next != INSTALLED && next != REPLACED;
      case REMOVED -> next == REMOVED;
    };
  }

  /** Whether connections ever went to it. */
  boolean hasServed() {
    return this == SERVES || this == REPLACED || this == REMOVED;
  }

  /** As the record and operators have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
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
