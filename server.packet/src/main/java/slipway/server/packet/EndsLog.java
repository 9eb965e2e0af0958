package slipway.server.packet;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import slipway.packet.PacketEnd;
import slipway.packet.PacketSessions;
import slipway.packet.Packets;

/**
 * Tells how many sessions have ended otherwise than by a peer that left or a service that closed
 * them, in one line for each service, whatever their number. Run from time to time, by one thread.
 */
final class EndsLog implements Runnable {

  private final Packets packets;
  private final Consumer<String> log;
  private final Map<String, Map<PacketEnd, Long>> told = new HashMap<>();

  EndsLog(Packets packets, Consumer<String> log) {
    this.packets = packets;
    this.log = log;
  }

  @Override
  public void run() {
    for (String service : packets.services()) {
      String ends = ends(service, packets.sessions(service));
      if (!ends.isEmpty()) {
        log.accept(service + ": sessions have ended: " + ends);
      }
    }
  }

  private String ends(String service, PacketSessions sessions) {
    Map<PacketEnd, Long> before =
        told.computeIfAbsent(service, first -> new EnumMap<>(PacketEnd.class));
    StringJoiner ends = new StringJoiner(", ");
    for (PacketEnd reason : PacketEnd.values()) {
      long now = sessions.ended(reason);
      long more = now - before.getOrDefault(reason, 0L);
      before.put(reason, now);
      if (more > 0 && reason != PacketEnd.LEFT && reason != PacketEnd.CLOSED) {
        ends.add(reason + " " + more);
      }
    }
    return ends.toString();
  }
}
