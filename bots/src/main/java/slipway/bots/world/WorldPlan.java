package slipway.bots.world;

import java.time.Duration;
import slipway.bots.link.Target;
import slipway.packet.PacketFormat;

/**
 * What players do.
 *
 * @param target the server under test
 * @param format of the packets
 * @param players how many, each with one connection
 * @param loops how many event loops they share
 * @param seed of what they decide
 * @param names how their names begin; their numbers from 1 on follow
 * @param password of all of them
 * @param ramp between two players that connect
 * @param enterWithin how long the server may take to let a player into a zone
 * @param decide between two decisions of a player
 * @param mix what they decide
 * @param alive between two packets that say that a player is there
 * @param late after which an answer is late
 * @param skips how many frames each player may see left out
 * @param cut at how many of 100 decisions a player's connection is cut, and the player comes back
 * @param patience how long the last answers may take when the run ends
 */
public record WorldPlan(
    Target target,
    PacketFormat format,
    int players,
    int loops,
    long seed,
    String names,
    String password,
    Duration ramp,
    Duration enterWithin,
    Duration decide,
    Mix mix,
    Duration alive,
    Duration late,
    int skips,
    int cut,
    Duration patience) {}
