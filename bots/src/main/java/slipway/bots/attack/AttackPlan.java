package slipway.bots.attack;

import java.time.Duration;
import java.util.Optional;
import slipway.bots.echo.EchoPlan;
import slipway.packet.PacketFormat;

/**
 * What attackers do.
 *
 * @param good the well-behaved clients, which are to notice nothing
 * @param attackers how many there are of each attack
 * @param otherCode the format of the packets with another code; empty if they have none
 * @param patience how long the server may take to close a connection
 */
public record AttackPlan(
    EchoPlan good, int attackers, Optional<PacketFormat> otherCode, Duration patience) {}
