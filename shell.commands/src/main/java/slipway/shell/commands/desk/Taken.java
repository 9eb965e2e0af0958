package slipway.shell.commands.desk;

import slipway.command.Command;

/**
 * A command that is used: it stays until it is given back.
 *
 * @param command the command
 * @param back gives it back
 */
record Taken(Command command, Runnable back) implements AutoCloseable {

  @Override
  public void close() {
    back.run();
  }
}
