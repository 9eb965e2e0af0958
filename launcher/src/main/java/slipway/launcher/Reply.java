package slipway.launcher;

/**
 * How a command ended.
 *
 * @param error what went wrong; empty if nothing did
 */
record Reply(String error) {

  static final Reply SUCCESS = new Reply("");

  boolean succeeded() {
    return error.isEmpty();
  }
}
