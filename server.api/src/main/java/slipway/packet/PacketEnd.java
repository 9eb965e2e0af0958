package slipway.packet;

/** Why a session of packets is over. */
public enum PacketEnd {
  /** The peer has closed its connection, or it was lost. */
  LEFT,
  /** The service has closed it, or the host has. */
  CLOSED,
  /** The service did not admit the peer; it has never joined. */
  REFUSED,
  /** A packet begins with another code than the configured one. */
  BAD_CODE,
  /** A packet says that it is longer than one may be. */
  BAD_LENGTH,
  /** The bytes of a packet do not have the sum that it says. */
  BAD_CHECKSUM,
  /** A packet has fewer bytes than its type needs, or more. */
  BAD_PACKET,
  /** The service knows no packet of this type. */
  UNKNOWN_TYPE,
  /** More waits for the service than may. */
  FULL,
  /** The peer does not read what it is sent. */
  SLOW,
  /** The peer has sent nothing for too long. */
  TIMEOUT,
  /** The peer has sent more packets than it may. */
  RATE,
  /** The service has failed. */
  FAILED
}
