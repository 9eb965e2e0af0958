package slipway.server.world;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;
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
        "Lists the worlds and how their frames keep time; shows one, draws its map, moves it to"
            + " another loop; records one, and tries a version with that.",
    order = 66)
public final class WorldsCommand implements Command {

  private final HostWorlds worlds;
  private final Path records;

  /** For Declarative Services. */
  @Activate
  public WorldsCommand(@Reference HostWorlds worlds, BundleContext context) {
    this(worlds, Path.of(context.getProperty("slipway.home")).resolve("var/worlds/records"));
  }

  /**
   * Makes it.
   *
   * @param records the folder of recordings, which need not be there
   */
  WorldsCommand(HostWorlds worlds, Path records) {
    this.worlds = worlds;
    this.records = records;
  }

  @Override
  public Object grammar(Call call) {
    return new WorldsVerbs(worlds.directory(), records, call);
  }
}
