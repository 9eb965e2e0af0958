package slipway.server.world;

import io.netty.buffer.ByteBufAllocator;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import slipway.packet.Packet;
import slipway.packet.PacketBatch;
import slipway.packet.PacketBuilder;
import slipway.world.WorldContext;
import slipway.world.WorldKind;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/**
 * What a version has of the host while it rehearses: nothing that it does here is seen by anybody.
 * Confined to the thread of the rehearsal.
 */
final class RehearsalContext implements WorldContext {

  private final WorldSpec spec;
  private final PacketBatch batch = new PacketBatch(ByteBufAllocator.DEFAULT);
  private final Map<Long, RehearsalSession> sessions = new LinkedHashMap<>();

  RehearsalContext(WorldSpec spec) {
    this.spec = spec;
  }

  void add(RehearsalSession session) {
    sessions.put(session.id(), session);
  }

  /** Null if there is none with this number. */
  RehearsalSession remove(long id) {
    return sessions.remove(id);
  }

  RehearsalSession find(long id) {
    return sessions.get(id);
  }

  /** A frame is over: what was sent in it goes nowhere. */
  void drop() {
    batch.close();
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public WorldKind kind() {
    return spec.kind();
  }

  @Override
  public int fps() {
    return spec.fps();
  }

  @Override
  public Collection<WorldSession> sessions() {
    return Collections.unmodifiableCollection(sessions.values());
  }

  @Override
  public WorldSession session(long id) {
    return sessions.get(id);
  }

  @Override
  public PacketBuilder packet(int type) {
    return batch.packet(type);
  }

  @Override
  public PacketBuilder packet() {
    return batch.packet();
  }

  @Override
  public void sendToAll(Packet packet) {
    // it goes nowhere
  }

  @Override
  public boolean tell(String world, byte... message) {
    return true;
  }

  @Override
  public void async(String tag, Callable<byte[]> work) {
    // what came of the same work in the version that runs the world is told
  }
}
