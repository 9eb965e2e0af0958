package slipway.shell.commands.host;

import java.util.Optional;
import slipway.command.Caller;
import slipway.command.CommandException;

/**
 * The consent to what cannot be undone: an option, or a person's answer.
 *
 * @param command the command that asks, for messages
 * @param given whether the option was given
 * @param caller the caller, if there is a person to ask
 */
record Consent(String command, boolean given, Caller caller) {

  static final String OPTION = "--yes";

  /** What the option does, for help. */
  static final String HELP = "Does it without asking.";

  /**
   * Asks, unless the answer is known.
   *
   * @param what what would be done, as the end of "COMMAND would …"
   * @return whether to do it
   * @throws CommandException if nobody can be asked
   */
  boolean to(String what) throws CommandException, InterruptedException {
    if (given) {
      return true;
    }
    String would = command + " would " + what;
    Optional<String> answer = caller.answer(would + ". Do it? [y/N]");
    return answer
        .orElseThrow(() -> new CommandException(would + "; to confirm: " + command + " " + OPTION))
        .strip()
        .matches("(?i)y|yes");
  }
}
