package slipway.server.world;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;
import slipway.server.world.record.Deeds;
import slipway.world.WorldContext;
import slipway.world.WorldKind;
import slipway.world.WorldSession;

/** What one version has of the host for one of its worlds. Confined to the world's loop. */
final class HostContext implements WorldContext {

  private final HostWorld world;
  private final Realm realm;

  /** Whether another version has taken the world over. */
  private boolean over;

  HostContext(HostWorld world, Realm realm) {
    this.world = world;
    this.realm = realm;
  }

  /** Another version has the world, or this one has it again. */
  void over(boolean isOver) {
    over = isOver;
  }

  @Override
  public String name() {
    return world.name();
  }

  @Override
  public WorldKind kind() {
    return world.kind();
  }

  @Override
  public int fps() {
    return world.schedule().fps();
  }

  @Override
  public Collection<WorldSession> sessions() {
    return over ? List.of() : world.members().sessions();
  }

  @Override
  public WorldSession session(long id) {
    return over ? null : world.members().find(id);
  }

  @Override
  public PacketBuilder packet(int type) {
    return world.batch().packet(type);
  }

  @Override
  public PacketBuilder packet() {
    return world.batch().packet();
  }

  @Override
  public void sendToAll(Packet packet) {
    for (WorldSession session : sessions()) {
      session.send(packet);
    }
  }

  @Override
  public boolean tell(String other, byte... message) {
    world.calls().did(Deeds.NOBODY, Deeds.Kind.TELL, other, message);
    return world.calls().answered(tells(other, message));
  }

  private boolean tells(String other, byte... message) {
    return !over && realm.directory().tell(other, new Mail.Message(name(), message.clone()));
  }

  @Override
  public void async(String tag, Callable<byte[]> work) {
    world.calls().did(Deeds.NOBODY, Deeds.Kind.WORK, tag);
    if (!over) {
      world.rest().begun();
      realm.directory().async(() -> done(Work.done(tag, work)));
    }
  }

  private void done(Mail end) {
    world.post(end);
    world.rest().done(); // not before there is mail of it
  }
}
