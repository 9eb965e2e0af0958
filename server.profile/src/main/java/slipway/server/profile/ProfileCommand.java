package slipway.server.profile;

import java.time.Clock;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code profile}. */
@Component
@CommandName(
    name = "profile",
    help = "Times sections of services' work; shows them, and writes them to a file.",
    order = 68)
public final class ProfileCommand implements Command {

  private final Switch sections;
  private final InstantSource clock;

  /** For Declarative Services. */
  @Activate
  public ProfileCommand(@Reference Switch sections) {
    this(sections, Clock.systemUTC());
  }

  ProfileCommand(Switch sections, InstantSource clock) {
    this.sections = sections;
    this.clock = clock;
  }

  @Override
  public Object grammar(Call call) {
    return new ProfileVerbs(sections, clock, call);
  }
}
