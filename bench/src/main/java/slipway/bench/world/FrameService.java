package slipway.bench.world;

import java.util.List;
import java.util.stream.IntStream;
import slipway.packet.Packets;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSpec;
import slipway.world.Worlds;

/**
 * Worlds whose frames are timed: {@code bench.worlds} of them, of {@code bench.fps} frames a
 * second, both properties of the host's Java machine.
 */
public final class FrameService extends WorldService {

  private static final int COUNT = Integer.getInteger("bench.worlds", 1);
  private static final int FPS = Integer.getInteger("bench.fps", 25);

  /** For Declarative Services. */
  public FrameService(Packets packets, Worlds worlds) {
    super(packets, worlds);
  }

  @Override
  public List<WorldSpec> worlds() {
    return IntStream.rangeClosed(1, COUNT)
        .mapToObj(number -> WorldSpec.game("frames-" + number).fps(FPS))
        .toList();
  }

  @Override
  public World create(WorldContext context) {
    return new FrameWorld(context);
  }
}
