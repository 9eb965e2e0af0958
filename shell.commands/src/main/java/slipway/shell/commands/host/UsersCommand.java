package slipway.shell.commands.host;

import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import slipway.admin.AccountAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code users}. */
@Component
@CommandName(
    name = "users",
    help = "Shows the users of the host's services, and adds, bans and removes them.",
    order = 50)
public final class UsersCommand implements Command {

  private final AccountAdmin accounts;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public UsersCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AccountAdmin accounts) {
    this.accounts = accounts;
  }

  @Override
  public Object grammar(Call call) {
    return new Users(accounts, call, Clock.systemUTC());
  }
}
