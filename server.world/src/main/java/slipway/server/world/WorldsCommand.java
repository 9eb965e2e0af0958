package slipway.server.world;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code worlds}. */
@Component
@CommandName(
    name = "worlds",
    help =
        "Lists the worlds and how their frames keep time; shows one, draws its map, and moves it "
            + "to another loop.",
    order = 66)
public final class WorldsCommand implements Command {

  private final HostWorlds worlds;

  /** For Declarative Services. */
  @Activate
  public WorldsCommand(@Reference HostWorlds worlds) {
    this.worlds = worlds;
  }

  @Override
  public Object grammar(Call call) {
    return new WorldsVerbs(worlds.directory(), call);
  }
}
