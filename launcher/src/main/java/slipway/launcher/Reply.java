package slipway.launcher;

import java.util.Optional;

/**
 * How a command ended, or what it asks before it goes on.
 *
 * @param error what went wrong; empty if nothing did
 * @param question what it asks; empty if it has ended
 */
record Reply(String error, Optional<Question> question) {

  static final Reply SUCCESS = new Reply("");

  Reply(String error) {
    this(error, Optional.empty());
  }

  static Reply asking(Question question) {
    return new Reply("", Optional.of(question));
  }

  boolean succeeded() {
    return error.isEmpty();
  }
}
