package slipway.bench.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** How players get into a server, and how their packets travel there. */
public interface Door {

  /** The zones, in which players are by their numbers. */
  String[] ZONES = {"meadow", "forest", "harbour"};

  /**
   * Opens a connection that blocks, and asks to be let in.
   *
   * @param player its number, from 0 on
   */
  SocketChannel open(int player) throws IOException;

  /** How packets are framed. */
  Framing framing();

  /** The zone of a player. */
  static String zone(int player) {
    return ZONES[player % ZONES.length];
  }
}
