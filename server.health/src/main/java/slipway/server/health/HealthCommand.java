package slipway.server.health;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;
import slipway.health.Health;

/** The command {@code health}. */
@Component
@CommandName(
    name = "health",
    help =
        "Says whether the host is fit to work, by the checks of all its parts. Fails if one of them"
            + " has failed.",
    order = 112)
public final class HealthCommand implements Command {

  private final Health health;

  /** For Declarative Services. */
  @Activate
  public HealthCommand(@Reference Health health) {
    this.health = health;
  }

  @Override
  public Object grammar(Call call) {
    return new HealthCall(health, call);
  }
}
