package slipway.server.core.deploy;

import java.util.Locale;
import java.util.Optional;

/** What became of a version that was deployed. */
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
