package slipway.shell.commands.desk;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Command;
import slipway.command.CommandException;
import slipway.command.CommandName;
import slipway.command.Text;

/** The command {@code help}: for all commands of the desk, and for the others that Gogo has. */
@Component
@CommandName(name = "help", help = "Shows the commands, or how to use one of them.", order = 150)
public final class HelpCommand implements Command {

  private final Catalog catalog;

  /** Called by Declarative Services. */
  @Activate
  public HelpCommand(@Reference Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Object grammar(Call call) {
    return new Help(catalog, call);
  }

  @CommandLine.Command
  static final class Help implements Callable<Void> {
    private static final String COMMAND = "COMMAND";
    private static final String OWN = "slipway";
    private static final String OTHERS = "felix:help";

    private final Catalog catalog;
    private final Call call;
    private final OtherCommands others;

    @Parameters(
        paramLabel = COMMAND,
        arity = "0..1",
        description = "A command's name, with its scope if that is not slipway.")
    private String command;

    Help(Catalog catalog, Call call) {
      this.catalog = catalog;
      this.call = call;
      this.others = new OtherCommands(call instanceof DeskCall made ? made.session() : null);
    }

    @CandidatesFor(COMMAND)
    List<String> names() {
      return catalog.commands().stream().map(each -> each.head().name()).sorted().toList();
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
      List<CommandHead> own = catalog.commands().stream().map(DeskCommand::head).toList();
      int width = own.stream().mapToInt(head -> head.name().length()).max().orElse(0);
      StringBuilder text = new StringBuilder();
      for (CommandHead head : own) {
        text.append(head.name())
            .append(" ".repeat(width - head.name().length() + 2))
            .append(Text.line(head.help()))
            .append('\n');
      }
      text.append("\nMore on each: help COMMAND. Other commands, by scope:\n");
      others.byScope(OWN).forEach((scope, names) -> append(text, scope, names));
      call.out().print(text);
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
      String own = name.startsWith(OWN + ":") ? name.substring(OWN.length() + 1) : name;
      Optional<DeskCommand> known = catalog.find(own);
      if (known.isPresent()) {
        try (Taken taken = known.get().take(call::waits)) {
          CommandHead head = known.get().head();
          call.out().print(CommandLines.of(head, taken.command(), call).getUsageMessage());
        }
        return;
      }
      if (!others.has(name)) {
        throw new CommandException("help: unknown command " + Text.quoted(name) + "; try: help");
      }
      String text =
          others
              .explain(OTHERS, name)
              .orElseThrow(
                  () -> new CommandException("help: nothing is known of " + Text.quoted(name)));
      call.out().print(text.endsWith("\n") ? text : text + "\n");
    }
  }
}
