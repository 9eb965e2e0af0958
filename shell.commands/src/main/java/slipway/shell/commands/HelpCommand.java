package slipway.shell.commands;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import slipway.admin.AdminException;

/** The command {@code help}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "help"})
public final class HelpCommand extends GogoCommand {

  /** Called by Declarative Services. */
  public HelpCommand() {}

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Help(session, out);
  }

  @Command(name = "help", description = "Shows the commands, or how to use one of them.")
  static final class Help implements Callable<Void> {
    /** Gogo's variable that holds the names of all commands with their scopes. */
    private static final String COMMANDS = ".commands";

    private static final String OWN = "slipway";
    private static final String OTHERS = "felix:help";

    private final CommandSession session;
    private final PrintStream out;

    @Parameters(
        paramLabel = Labels.COMMAND,
        arity = "0..1",
        description = "A command's name, with its scope where it is not slipway's.")
    private String command;

    Help(CommandSession session, PrintStream out) {
      this.session = session;
      this.out = out;
    }

    @Override
    public Void call() throws Exception {
      if (command == null) {
        overview();
      } else {
        explain(command);
      }
      return null;
    }

    private void overview() {
      List<CommandLine> own = Grammar.ALL.stream().map(Grammar::of).toList();
      int width = own.stream().mapToInt(line -> line.getCommandName().length()).max().orElse(0);
      StringBuilder text = new StringBuilder();
      for (CommandLine line : own) {
        String name = line.getCommandName();
        text.append(name)
            .append(" ".repeat(width - name.length() + 2))
            .append(line.getCommandSpec().usageMessage().description()[0])
            .append('\n');
      }
      text.append("\nMore on each: help COMMAND. Other commands, by scope:\n");
      others().forEach((scope, names) -> append(text, scope, names));
      out.print(text);
    }

    /** The names in lines of a readable length, the scope before the first. */
    private static void append(StringBuilder text, String scope, Set<String> names) {
      int column = scope.length() + 1;
      text.append(scope).append(':');
      for (String name : names) {
        if (column + 1 + name.length() > 80) {
          text.append("\n ");
          column = 1;
        }
        text.append(' ').append(name);
        column += 1 + name.length();
      }
      text.append('\n');
    }

    private void explain(String name) throws Exception {
      for (Class<?> own : Grammar.ALL) {
        CommandLine line = Grammar.of(own);
        if (name.equals(line.getCommandName()) || name.equals(OWN + ":" + line.getCommandName())) {
          out.print(line.getUsageMessage());
          return;
        }
      }
      boolean exists =
          commands().stream().anyMatch(each -> each.equals(name) || each.endsWith(":" + name));
      if (!exists) {
        throw new AdminException("help: unknown command " + Text.quoted(name) + "; try: help");
      }
      if (!(session.get(OTHERS) instanceof Function help)) {
        throw new AdminException("help: nothing is known of " + Text.quoted(name));
      }
      String text = String.valueOf(help.execute(session, new ArrayList<>(List.of(name))));
      out.print(text.endsWith("\n") ? text : text + "\n");
    }

    private Map<String, Set<String>> others() {
      return commands().stream()
          .filter(command -> !command.startsWith(OWN + ":"))
          .collect(
              Collectors.groupingBy(
                  command -> command.substring(0, command.indexOf(':')),
                  TreeMap::new,
                  Collectors.mapping(
                      command -> command.substring(command.indexOf(':') + 1),
                      Collectors.toCollection(TreeSet::new))));
    }

    /** Names of commands that are there now; Gogo also remembers those that have gone. */
    private Set<String> commands() {
      return session.get(COMMANDS) instanceof Set<?> names
          ? names.stream()
              .map(String::valueOf)
              .filter(name -> session.get(name) instanceof Function)
              .collect(Collectors.toCollection(TreeSet::new))
          : Set.of();
    }
  }
}
