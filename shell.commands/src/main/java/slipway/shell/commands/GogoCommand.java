package slipway.shell.commands;

import java.io.PrintStream;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import slipway.admin.Caller;

/**
 * A command as Gogo calls it.
 *
 * <p>It is a {@link Function} and not a class whose methods Gogo looks up by name, because Gogo
 * would find {@link Object#wait()} for the command {@code wait}. Its grammar is built anew for each
 * call, so that a session's values never meet another's, and so that starting the bundle costs
 * nothing.
 */
abstract class GogoCommand implements Function {

  /** The component property that puts a command into slipway's scope. */
  static final String SCOPE = "osgi.command.scope=slipway";

  /** The beginning of the component property that names a command. */
  static final String NAME = "osgi.command.function=";

  /**
   * The annotated object that picocli parses into and runs.
   *
   * @param session the caller's session
   * @param out where the command's text goes
   */
  abstract Object grammar(CommandSession session, PrintStream out);

  /**
   * Runs the command in the caller's thread.
   *
   * @return null: the result is the text
   * @throws Exception with one line as its message that says what failed or what is allowed
   */
  @Override
  public final Object execute(CommandSession session, List<Object> arguments) throws Exception {
    PrintStream out = output(session);
    Grammar.run(grammar(session, out), arguments.stream().map(String::valueOf).toList(), out);
    return null;
  }

  /** Who has called; null if nobody can be asked. */
  static Caller caller(CommandSession session) {
    return session.get(Caller.VARIABLE) instanceof Caller found ? found : null;
  }

  /** What the command's place in a pipe or behind a redirection gives it. */
  private static PrintStream output(CommandSession session) {
    Process process = Process.Utils.current();
    return process == null ? session.getConsole() : process.out();
  }
}
