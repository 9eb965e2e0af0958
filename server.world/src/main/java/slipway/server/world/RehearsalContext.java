package slipway.server.world;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import slipway.packet.Packet;
import slipway.packet.PacketBatch;
import slipway.packet.PacketBuilder;
import slipway.server.world.record.Deeds;
import slipway.world.WorldContext;
import slipway.world.WorldKind;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/**
 * What a version has of the host while it rehearses, or is told what a recording has: nothing that
 * it does here is seen by anybody, except by a {@link Witness}. Confined to the thread of that.
 */
final class RehearsalContext implements WorldContext {

  private final WorldSpec spec;
  private final PacketBatch batch = new PacketBatch(ByteBufAllocator.DEFAULT);
  private final Witness witness;

  /** In the order in which the host has them. */
  private final List<RehearsalSession> sessions = new ArrayList<>();

  private final Map<Long, RehearsalSession> byId = new HashMap<>();

  /** For a version that nobody looks at. */
  RehearsalContext(WorldSpec spec) {
    this(spec, Witness.NOBODY);
  }

  RehearsalContext(WorldSpec spec, Witness witness) {
    this.spec = spec;
    this.witness = witness;
  }

  Witness witness() {
    return witness;
  }

  void add(RehearsalSession session) {
    sessions.add(session);
    byId.put(session.id(), session);
  }

  /** The last one takes its place, as among {@link Members}. Null if there is none. */
  RehearsalSession remove(long id) {
    RehearsalSession removed = byId.remove(id);
    if (removed != null) {
      int place = sessions.indexOf(removed);
      RehearsalSession last = sessions.removeLast();
      if (last != removed) {
        sessions.set(place, last);
      }
    }
    return removed;
  }

  /** Null if there is none with this number. */
  RehearsalSession find(long id) {
    return byId.get(id);
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
    return Collections.unmodifiableCollection(sessions);
  }

  @Override
  public WorldSession session(long id) {
    return byId.get(id);
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
    sessions.forEach(session -> session.send(packet));
  }

  @Override
  public boolean tell(String world, byte... message) {
    witness.did(Deeds.NOBODY, Deeds.Kind.TELL, world, message);
    return witness.answered(true);
  }

  @Override
  public void async(String tag, Callable<byte[]> work) {
    witness.did(Deeds.NOBODY, Deeds.Kind.WORK, tag);
    // what came of the same work in the version that runs the world is told
  }
}
