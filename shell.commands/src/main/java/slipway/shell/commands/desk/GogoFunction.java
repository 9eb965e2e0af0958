package slipway.shell.commands.desk;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import slipway.command.CommandException;

/**
 * A command as Gogo calls it.
 *
 * <p>It is a {@link Function} and not a class whose methods Gogo looks up by name, because Gogo
 * would find {@link Object#wait()} for the command {@code wait}. A grammar is built for each call,
 * so that the values of one session never mix with another's, and so that starting the bundle costs
 * nothing.
 *
 * @param catalog where the command is looked for, at each call
 * @param name its name
 */
record GogoFunction(Catalog catalog, String name) implements Function {

  /**
   * Runs the command in the caller's thread.
   *
   * @return null: the result is the text
   * @throws Exception with one line as its message that says what failed or what is allowed
   */
  @Override
  public Object execute(CommandSession session, List<Object> arguments) throws Exception {
    DeskCommand command =
        catalog
            .find(name)
            .orElseThrow(() -> new CommandException(name + ": its bundle has just gone"));
    DeskCall call = DeskCall.in(session, name);
    try (Taken taken = command.take(call::waits)) {
      List<String> words = arguments.stream().map(String::valueOf).toList();
      CommandLines.run(command.head(), taken.command(), words, call);
    }
    return null;
  }
}
