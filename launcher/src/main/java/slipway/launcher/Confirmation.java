package slipway.launcher;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the host did not do because nobody has confirmed it: an error {@code WHAT; to confirm:
 * COMMAND}. Where there is a person, he is asked, and a yes is the command.
 *
 * @param what what would be done
 * @param command the command line that does it
 */
record Confirmation(String what, String command) {

  private static final Pattern FORM = Pattern.compile("(.*); to confirm: (.+)");

  /** What an error asks to be confirmed; empty if it asks for nothing. */
  static Optional<Confirmation> of(Reply reply) {
    Matcher matcher = FORM.matcher(reply.error());
    return matcher.matches()
        ? Optional.of(new Confirmation(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The question; it ends where the answer begins. */
  String question() {
    return what + ". Do it? [y/N] ";
  }

  /** Whether an answer is a yes; null is none. */
  static boolean isYes(String answer) {
    return answer != null && answer.strip().matches("(?i)y|yes");
  }
}
