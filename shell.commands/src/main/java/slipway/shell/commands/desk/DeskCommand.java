package slipway.shell.commands.desk;

import java.util.Optional;
import java.util.function.Consumer;

/** A command as the desk has found it; the object that does its work may not be there yet. */
interface DeskCommand {

  /** What help says of it. */
  CommandHead head();

  /**
   * Takes the command for a call, and starts its service if that is on demand. Runs in the thread
   * of the call, which is interrupted if the version has to stop before the command is given back.
   *
   * @param waits told what is waited for
   * @throws Exception with one line that says why it is not available
   */
  Taken take(Consumer<String> waits) throws Exception;

  /** The command if it is there now; starts nothing. */
  Optional<Taken> takeIfThere();
}
