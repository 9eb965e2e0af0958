package slipway.examples.tug;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.packet.Packets;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSpec;
import slipway.world.Worlds;

/** A tug of war. */
@Component(service = Service.class)
@ServiceName("tug")
public final class TugService extends WorldService {

  /** Called by Declarative Services. */
  @Activate
  public TugService(@Reference Packets packets, @Reference Worlds worlds) {
    super(packets, worlds);
  }

  @Override
  public List<WorldSpec> worlds() {
    return List.of(WorldSpec.game("tug"));
  }

  @Override
  public World create(WorldContext context) {
    return new Rope(context, 0);
  }

  @Override
  public World load(WorldContext context, DataInput saved) throws IOException {
    return new Rope(context, saved.readInt());
  }
}
