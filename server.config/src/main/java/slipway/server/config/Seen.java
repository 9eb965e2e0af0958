package slipway.server.config;

import slipway.config.InvalidConfiguration;

/**
 * A file as it was found, and what came of it.
 *
 * @param text null if it could not be read
 * @param reading what it defines; null if it is malformed
 * @param refusal why it is not in force; null if it is
 */
record Seen(String text, Reading reading, String refusal) {

  /** A file whose text was read; it is refused if that is malformed. */
  static Seen of(ConfFile file, String text) {
    try {
      return new Seen(text, file.read(text), null);
    } catch (InvalidConfiguration malformed) {
      return new Seen(text, null, refusal(file.name(), malformed));
    }
  }

  /** A file that could not be read. */
  static Seen unreadable(ConfFile file, InvalidConfiguration reason) {
    return new Seen(null, null, refusal(file.name(), reason));
  }

  private static String refusal(String name, InvalidConfiguration reason) {
    return ConfFolder.shown(name) + ": " + reason.getMessage();
  }

  Seen refused(String reason) {
    return new Seen(text, reading, reason);
  }

  Seen accepted() {
    return new Seen(text, reading, null);
  }

  boolean defines(ConfigurationId id) {
    return reading != null && reading.definitions().containsKey(id);
  }
}
