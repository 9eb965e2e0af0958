package slipway.bots.echo;

import java.time.Duration;
import slipway.bots.link.Filler;
import slipway.bots.link.Target;
import slipway.packet.PacketFormat;

/**
 * What echo clients do.
 *
 * @param target the server under test
 * @param format of the packets
 * @param clients how many, each with one connection
 * @param loops how many event loops they share
 * @param filler what follows type, account and tick in each packet
 * @param underWay how many packets a client sends without an answer
 * @param reconnect in how many of a thousand answers a client leaves and comes back
 * @param pause between two packets of a client; zero for none
 * @param late after which an answer is late
 * @param patience how long the last answers may take when the run ends
 */
public record EchoPlan(
    Target target,
    PacketFormat format,
    int clients,
    int loops,
    Filler filler,
    int underWay,
    int reconnect,
    Duration pause,
    Duration late,
    Duration patience) {

  /** What a payload has before the filler: type, account and tick. */
  public static final int HEAD = 18;
}
