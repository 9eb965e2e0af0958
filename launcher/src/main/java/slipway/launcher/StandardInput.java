package slipway.launcher;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.util.Optional;

/** Answers from the process's own input: a person's at a terminal, or the lines of a stream. */
final class StandardInput implements Question.Answerer {

  private final Surface surface;
  private final BufferedReader lines;

  /**
   * Makes an answerer.
   *
   * @param surface whether there is a person
   * @param lines the lines of standard input, used if there is none
   */
  StandardInput(Surface surface, BufferedReader lines) {
    this.surface = surface;
    this.lines = lines;
  }

  @Override
  public Optional<String> answer(Question question) throws IOException {
    Console person = surface == Surface.TERMINAL ? System.console() : null;
    if (person != null && question.kind() == Question.Kind.ANSWER) {
      return Optional.ofNullable(person.readLine("%s ", question.text()));
    }
    if (person != null) {
      char[] typed = person.readPassword("%s ", question.text());
      return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }
    return question.kind() == Question.Kind.LINE
        ? Optional.ofNullable(lines.readLine())
        : Optional.empty();
  }
}
