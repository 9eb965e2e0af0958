package slipway.shell.commands;

import java.util.function.Consumer;
import slipway.admin.Caller;

/** What a command waits for, for a person who has called it. May be told by any thread. */
final class Waits implements Consumer<String> {

  private final Caller caller;
  private final String command;

  /**
   * Makes one that has told nothing yet.
   *
   * @param caller who is told; null if nobody is there
   * @param command the command, as the beginning of "COMMAND waits for …"
   */
  Waits(Caller caller, String command) {
    this.caller = caller;
    this.command = command;
  }

  @Override
  public void accept(String what) {
    if (caller != null) {
      caller.waits(command + " waits for " + what);
    }
  }

  /** The command is meant to be silent for long. */
  void silent() {
    if (caller != null) {
      caller.waits("");
    }
  }
}
