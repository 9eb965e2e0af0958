package slipway.shell.commands.desk;

import slipway.command.CommandName;

/**
 * What is known of a command before it is called.
 *
 * @param name the word that calls it
 * @param help what it does, in one line
 * @param order its place in {@code help}
 */
public record CommandHead(String name, String help, long order) {

  /** What a component's annotation says, as the manifest has it. */
  public static CommandHead of(CommandName name) {
    return new CommandHead(name.name(), name.help(), name.order());
  }
}
