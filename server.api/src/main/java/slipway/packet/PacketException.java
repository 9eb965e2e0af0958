package slipway.packet;

/**
 * A packet is wrong: the session that it came from ends. There is one exception for each reason,
 * without a stack trace, so that a peer that sends rubbish costs nothing.
 */
public final class PacketException extends RuntimeException {

  private static final long serialVersionUID = 1;

  static final PacketException BAD_CODE = new PacketException(PacketEnd.BAD_CODE);
  static final PacketException BAD_LENGTH = new PacketException(PacketEnd.BAD_LENGTH);
  static final PacketException BAD_CHECKSUM = new PacketException(PacketEnd.BAD_CHECKSUM);
  static final PacketException BAD_PACKET = new PacketException(PacketEnd.BAD_PACKET);
  static final PacketException FULL = new PacketException(PacketEnd.FULL);
  static final PacketException UNKNOWN_TYPE = new PacketException(PacketEnd.UNKNOWN_TYPE);

  /** Why the session ends. */
  private final PacketEnd end;

  private PacketException(PacketEnd end) {
    super(end.name(), null, false, false);
    this.end = end;
  }

  /** Why the session ends. */
  public PacketEnd end() {
    return end;
  }
}
