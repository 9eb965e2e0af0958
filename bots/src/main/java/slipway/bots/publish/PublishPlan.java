package slipway.bots.publish;

import java.time.Duration;
import slipway.bots.link.Filler;
import slipway.bots.link.Target;
import slipway.packet.PacketFormat;

/**
 * What publishing clients do.
 *
 * @param target the server under test
 * @param format of the packets
 * @param clients how many, each with one connection
 * @param loops how many event loops they share
 * @param filler what follows publisher, number and time in each packet
 * @param rate how many packets each client publishes in a second
 * @param late after which a packet is late at another client
 * @param patience how long the last packets may take when the run ends
 */
public record PublishPlan(
    Target target,
    PacketFormat format,
    int clients,
    int loops,
    Filler filler,
    int rate,
    Duration late,
    Duration patience) {

  /** What a payload has before the filler: type, length, publisher, number and time. */
  public static final int HEAD = 28;
}
