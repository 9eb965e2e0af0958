package slipway.server.world;

import slipway.packet.Packet;
import slipway.packet.PacketEnd;
import slipway.service.Connection;
import slipway.world.SessionMode;
import slipway.world.WorldSession;

/**
 * A session as a version sees it that only rehearses: what it is sent goes nowhere, and it stays
 * where it is. Confined to the thread of the rehearsal.
 */
final class RehearsalSession implements WorldSession {

  private final HostSession real;
  private SessionMode mode;
  private Object attachment;

  RehearsalSession(HostSession real, SessionMode mode) {
    this.real = real;
    this.mode = mode;
  }

  void become(SessionMode next) {
    mode = next;
  }

  @Override
  public long id() {
    return real.id();
  }

  @Override
  public Connection connection() {
    return real.connection();
  }

  @Override
  public SessionMode mode() {
    return mode;
  }

  @Override
  public boolean isOpen() {
    return mode == SessionMode.AUTH || mode == SessionMode.GAME;
  }

  @Override
  public <T> T attachment(Class<T> type) {
    return type.cast(attachment);
  }

  @Override
  public void attach(Object own) {
    attachment = own;
  }

  @Override
  public boolean send(Packet packet) {
    return isOpen();
  }

  @Override
  public boolean sendLatest(Packet packet, long key) {
    return isOpen();
  }

  @Override
  public boolean sendIfRoom(Packet packet) {
    return isOpen();
  }

  /** Whether it moves, and where, is for the version that runs the world. */
  @Override
  public boolean moveTo(String world, byte... ticket) {
    return isOpen();
  }

  @Override
  public boolean close() {
    return isOpen();
  }

  @Override
  public boolean close(PacketEnd why) {
    return isOpen();
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
