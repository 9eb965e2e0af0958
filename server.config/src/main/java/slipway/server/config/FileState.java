package slipway.server.config;

import slipway.config.InvalidConfiguration;

/**
 * A file as it was found, and what came of it.
 *
 * @param text null if it could not be read
 * @param reading what it defines; null if it is malformed
 * @param refusal why it is not in force; null if it is
 */
record FileState(String text, Reading reading, String refusal) {

  /** A file whose text was read; it is refused if that is malformed. */
  static FileState of(ConfFile file, String text) {
    try {
      return new FileState(text, file.read(text), null);
    } catch (InvalidConfiguration malformed) {
      return new FileState(text, null, refusal(file.name(), malformed));
    }
  }

  /** A file that could not be read. */
  static FileState unreadable(ConfFile file, InvalidConfiguration reason) {
    return new FileState(null, null, refusal(file.name(), reason));
  }

  private static String refusal(String name, InvalidConfiguration reason) {
    return ConfFolder.shown(name) + ": " + reason.getMessage();
  }

  /** Why it is not in force, without the file's name. */
  String reason(String name) {
    String file = ConfFolder.shown(name) + ": ";
    return refusal.startsWith(file) ? refusal.substring(file.length()) : refusal;
  }

  FileState refused(String reason) {
    return new FileState(text, reading, reason);
  }

  FileState accepted() {
    return new FileState(text, reading, null);
  }

  boolean defines(ConfigurationId id) {
    return reading != null && reading.definitions().containsKey(id);
  }
}
