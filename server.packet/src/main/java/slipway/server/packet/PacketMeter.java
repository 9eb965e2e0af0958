package slipway.server.packet;

import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;
import slipway.packet.PacketEnd;
import slipway.packet.PacketSession;
import slipway.packet.PacketSessions;
import slipway.packet.Packets;

/** Sessions of packets, and the memory of buffers, as the command {@code packets} shows them. */
@Component
public final class PacketMeter implements Meter {

  private static final Metric SESSIONS =
      Metric.gauge("slipway_packet_sessions", "Open sessions.", "service", "acceptor");
  private static final Metric INBOX =
      Metric.gauge(
          "slipway_packet_inbox_bytes", "Bytes that wait for the service.", "service", "acceptor");
  private static final Metric OUTBOX =
      Metric.gauge(
          "slipway_packet_outbox_bytes", "Bytes that wait for clients.", "service", "acceptor");
  private static final Metric ENDED =
      Metric.counter(
          "slipway_packet_sessions_ended_total",
          "Sessions that have ended, those included that were not admitted.",
          "service",
          "reason");
  private static final Metric RESERVED =
      Metric.gauge(
          "slipway_buffer_reserved_bytes", "Memory that the pool of buffers has.", "memory");
  private static final Metric USED =
      Metric.gauge("slipway_buffer_used_bytes", "Memory of the pool that buffers use.", "memory");

  private record Place(String service, String acceptor) {}

  private record Sum(int sessions, long inbox, long outbox) {
    Sum plus(Sum other) {
      return new Sum(sessions + other.sessions, inbox + other.inbox, outbox + other.outbox);
    }
  }

  private final Packets packets;

  /** For Declarative Services. */
  @Activate
  public PacketMeter(@Reference Packets packets) {
    this.packets = packets;
  }

  @Override
  public void read(Readings readings) {
    Map<Place, Sum> sums = new HashMap<>();
    for (String service : packets.services()) {
      PacketSessions sessions = packets.sessions(service);
      for (PacketSession each : sessions.open()) {
        sums.merge(
            new Place(service, each.connection().acceptor()),
            new Sum(1, each.inboxed(), each.waiting()),
            Sum::plus);
      }
      for (PacketEnd reason : PacketEnd.values()) {
        long ended = sessions.ended(reason);
        if (ended > 0) {
          readings.value(ENDED, ended, service, reason.name().toLowerCase(Locale.ROOT));
        }
      }
    }
    sums.forEach(
        (place, sum) -> {
          readings.value(SESSIONS, sum.sessions(), place.service(), place.acceptor());
          readings.value(INBOX, sum.inbox(), place.service(), place.acceptor());
          readings.value(OUTBOX, sum.outbox(), place.service(), place.acceptor());
        });
    for (Pool pool : Pool.of(ByteBufAllocator.DEFAULT)) {
      readings.value(RESERVED, pool.reserved(), pool.memory());
      if (pool.inUse() != null) {
        readings.value(USED, pool.inUse(), pool.memory());
      }
    }
  }
}
