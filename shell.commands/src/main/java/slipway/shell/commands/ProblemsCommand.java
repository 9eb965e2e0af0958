package slipway.shell.commands;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import slipway.admin.AdminException;
import slipway.admin.HostAdmin;

/** The command {@code problems}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "problems"})
public final class ProblemsCommand extends GogoCommand {

  private final HostAdmin host;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ProblemsCommand(@Reference(cardinality = ReferenceCardinality.OPTIONAL) HostAdmin host) {
    this.host = host;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Problems(host, out);
  }

  @Command(
      name = "problems",
      description =
          "Lists what is configured and not there, one line each: files that are refused, acceptors that "
              + "are not bound, FIXED services that do not run, LOADED ones that cannot be resolved. Says "
              + "nothing if all is well.")
  static final class Problems implements Callable<Void> {
    private final HostAdmin host;
    private final PrintStream out;

    Problems(HostAdmin host, PrintStream out) {
      this.host = host;
      this.out = out;
    }

    @Override
    public Void call() throws AdminException {
      for (String problem : Grammar.need(host, "configuration").problems()) {
        out.print(Text.of(problem) + "\n");
      }
      return null;
    }
  }
}
