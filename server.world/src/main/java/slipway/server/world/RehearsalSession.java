package slipway.server.world;

import slipway.packet.Packet;
import slipway.packet.PacketEnd;
import slipway.server.world.record.Deeds;
import slipway.service.Connection;
import slipway.world.SessionMode;
import slipway.world.WorldSession;

/**
 * A session as a version sees it that only rehearses, or is told what a recording has: what it is
 * sent goes nowhere, and it stays where it is until it is said to leave. Confined to the thread of
 * that.
 */
final class RehearsalSession implements WorldSession {

  private final long id;
  private final Connection connection;
  private final Witness witness;
  private SessionMode mode;
  private Object attachment;

  /** Whether its world has closed it, or has given its connection to another one. */
  private boolean closed;

  private boolean lost;

  RehearsalSession(long id, Connection connection, SessionMode mode, Witness witness) {
    this.id = id;
    this.connection = connection;
    this.mode = mode;
    this.witness = witness;
  }

  void become(SessionMode next) {
    mode = next;
  }

  /** Whether it has a connection. */
  void lost(boolean isLost) {
    lost = isLost;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public SessionMode mode() {
    return mode;
  }

  @Override
  public boolean isOpen() {
    return !closed
        && switch (mode) {
          case AUTH, AUTH_TO_GAME, GAME -> true;
          default -> false;
        };
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
    witness.sent(id, Deeds.Kind.SEND, packet, 0);
    return witness.answered(isOpen());
  }

  @Override
  public boolean sendLatest(Packet packet, long key) {
    witness.sent(id, Deeds.Kind.SEND_LATEST, packet, key);
    return witness.answered(isOpen());
  }

  @Override
  public boolean sendIfRoom(Packet packet) {
    witness.sent(id, Deeds.Kind.SEND_IF_ROOM, packet, 0);
    return witness.answered(isOpen());
  }

  /** Whether it moves is for the version that runs the world. */
  @Override
  public boolean moveTo(String world, byte... ticket) {
    witness.did(id, Deeds.Kind.MOVE, world, ticket);
    return witness.answered(isOpen());
  }

  /** Not good for anything. */
  @Override
  public byte[] token() {
    byte[] token = witness.given(new byte[Tokens.LENGTH]);
    return token.length == 0 ? null : token.clone();
  }

  @Override
  public boolean isLost() {
    return witness.answered(lost);
  }

  @Override
  public long taken() {
    return Deeds.number(witness.given(Deeds.bytes(0)));
  }

  @Override
  public boolean acknowledge(long position) {
    return witness.answered(true);
  }

  /** Whether it can, is for the version that runs the world. */
  @Override
  public boolean resume(byte[] token, long position) {
    witness.did(id, Deeds.Kind.RESUME, Long.toString(position), token);
    boolean resumes = witness.answered(isOpen());
    closed = closed || resumes;
    return resumes;
  }

  @Override
  public boolean close() {
    return close(PacketEnd.CLOSED);
  }

  @Override
  public boolean close(PacketEnd why) {
    if (!isOpen()) {
      return false;
    }
    witness.did(id, Deeds.Kind.CLOSE, why.name());
    closed = true;
    return true;
  }

  @Override
  public String toString() {
    return "session " + id + " from " + connection.remoteAddress();
  }
}
