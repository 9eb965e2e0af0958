package slipway.shell.commands.host;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import slipway.admin.LogAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code logs}. */
@Component
@CommandName(
    name = "logs",
    help = "Shows and clears the log, and sets what is logged.",
    order = 120)
public final class LogsCommand implements Command {

  private final LogAdmin log;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public LogsCommand(@Reference(cardinality = ReferenceCardinality.OPTIONAL) LogAdmin log) {
    this.log = log;
  }

  @Override
  public Object grammar(Call call) {
    return new Logs(log, call);
  }
}
