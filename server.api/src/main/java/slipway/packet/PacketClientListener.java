package slipway.packet;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What hears from the server of a {@link PacketClient}.
 *
 * <p><b>Thread.</b> All methods are called in the client's event loop, which must not be blocked.
 *
 * <p><b>Order.</b> For each connection {@code connected}, any number of the others, {@code lost}.
 * Nothing is called after {@link PacketClient#close}, except for what is being called.
 *
 * <p><b>Errors.</b> A method that throws ends the connection, and a new one is made. A {@link
 * PacketException}, which reading beyond the end of a packet throws, is taken for the server's
 * fault; anything else is logged as this one's.
 */
@ConsumerType
@FunctionalInterface
public interface PacketClientListener {

  /**
   * There is a connection. What has to be said first, such as a name, is sent here.
   *
   * @throws Exception any failure
   */
  default void connected(PacketClient client) throws Exception {
    // the server has to be told nothing
  }

  /**
   * A packet has come. If it is an answer, it is for {@link PacketClient#answered}.
   *
   * @param packet its payload, valid within the call
   * @throws Exception any failure
   */
  void packet(PacketClient client, PacketReader packet) throws Exception;

  /**
   * All packets that have come together were dealt with.
   *
   * @throws Exception any failure
   */
  default void batchDone(PacketClient client) throws Exception {
    // nothing is left to be done
  }

  /**
   * What has waited for the server has left, after a packet was not taken as too much did.
   *
   * @throws Exception any failure
   */
  default void drained(PacketClient client) throws Exception {
    // nothing is sent again
  }

  /**
   * The connection is lost, with what was sent and not answered.
   *
   * @param why one line
   */
  default void lost(PacketClient client, String why) {
    // another connection will come
  }
}
