package slipway.launcher;

import java.io.IOException;
import java.util.Optional;

/**
 * What a command asks while it runs.
 *
 * @param kind how the answer is got
 * @param text what to show; may be empty
 */
record Question(Kind kind, String text) {

  enum Kind {
    /** From a person, without showing what is typed. */
    SECRET("Secret: "),
    /** From a person; what is typed is shown. */
    ANSWER("Answer: "),
    /** The next line of standard input. */
    LINE("Line: ");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    /** How a reply's last line begins. */
    String prefix() {
      return prefix;
    }
  }

  /** Answers the questions of commands. */
  @FunctionalInterface
  interface Answerer {

    /**
     * Answers, in the thread that executes the command.
     *
     * @return the answer, one line; empty if there is none
     */
    Optional<String> answer(Question question) throws IOException;
  }

  /** The question that a reply's last line is, if it is one. */
  static Optional<Question> of(String line) {
    for (Kind kind : Kind.values()) {
      if (line.startsWith(kind.prefix())) {
        return Optional.of(new Question(kind, line.substring(kind.prefix().length())));
      }
    }
    return Optional.empty();
  }
}
