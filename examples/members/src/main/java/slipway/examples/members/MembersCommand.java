package slipway.examples.members;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code members}, of this version of the service. */
@Component
@CommandName(name = "members", help = "Shows the members who are here, and ends their stay.")
public final class MembersCommand implements Command {

  private final MembersService members;

  /** For Declarative Services. */
  @Activate
  public MembersCommand(@Reference MembersService members) {
    this.members = members;
  }

  @Override
  public Object grammar(Call call) {
    return new MembersVerbs(members, call);
  }
}
