package slipway.server.core.connection;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;
import slipway.server.core.connection.Totals.Bytes;
import slipway.server.core.connection.Totals.Place;
import slipway.server.core.life.ServiceLease;

/**
 * Connections by acceptor and service. A scrape walks the open ones once, and adds what they carry
 * to what those did that are closed.
 */
@Component
public final class ConnectionMeter implements Meter {

  private static final Metric OPEN =
      Metric.gauge(
          "slipway_connections",
          "Open connections; service and version are empty until they are dispatched.",
          "acceptor",
          "service",
          "version");
  private static final Metric ACCEPTED =
      Metric.counter(
          "slipway_connections_accepted_total", "Connections that were accepted.", "acceptor");
  private static final Metric REFUSED =
      Metric.counter(
          "slipway_connections_refused_total",
          "Clients that were told that they are not served.",
          "acceptor",
          "reason");
  private static final Metric CLOSED =
      Metric.counter(
          "slipway_connections_closed_total",
          "Connections that have ended, by what ended them.",
          "acceptor",
          "service",
          "reason");
  private static final Metric RECEIVED =
      Metric.counter(
          "slipway_received_bytes_total", "Bytes that clients have sent.", "acceptor", "service");
  private static final Metric SENT =
      Metric.counter(
          "slipway_sent_bytes_total", "Bytes that were written to clients.", "acceptor", "service");
  private static final Metric DISPATCH =
      Metric.histogram(
          "slipway_dispatch_seconds", "Time from the accept to the service's handlers.", "service");
  private static final Metric LIFE =
      Metric.histogram(
          "slipway_connection_seconds",
          "How long connections that are closed were open.",
          "service");

  private static final Metric HAND_OFFS =
      Metric.counter(
          "slipway_handoffs_total",
          "Attempts to move a connection to another version of its service.",
          "service",
          "outcome");
  private static final Metric PAUSE =
      Metric.histogram(
          "slipway_handoff_pause_seconds",
          "How long a connection that was moved was not served.",
          "service");

  private record Served(Place place, String version) {}

  private final Connections connections;
  private final Totals totals;
  private final HandOffCounts handOffs;

  /** What was told last: a counter never goes down. */
  private final Map<Place, Bytes> told = new HashMap<>();

  /** For Declarative Services. */
  @Activate
  public ConnectionMeter(@Reference Connections connections, @Reference Listeners listeners) {
    this.connections = connections;
    this.totals = listeners.totals();
    this.handOffs = listeners.handOffs();
  }

  @Override
  public void read(Readings readings) {
    carried(readings);
    totals.accepted().forEach((acceptor, count) -> readings.value(ACCEPTED, count.sum(), acceptor));
    totals
        .refused()
        .forEach(
            (turned, count) ->
                readings.value(REFUSED, count.sum(), turned.acceptor(), turned.why().word()));
    totals
        .ended()
        .forEach(
            (ended, count) ->
                readings.value(
                    CLOSED,
                    count.sum(),
                    ended.place().acceptor(),
                    ended.place().service(),
                    ended.why().name().toLowerCase(Locale.ROOT)));
    totals
        .dispatchTimes()
        .forEach((service, times) -> readings.histogram(DISPATCH, times.snapshot(), service));
    totals.lives().forEach((service, times) -> readings.histogram(LIFE, times.snapshot(), service));
    handOffs
        .attempts()
        .forEach(
            (attempts, count) ->
                readings.value(
                    HAND_OFFS, count.sum(), attempts.service(), attempts.outcome().word()));
    handOffs
        .pauses()
        .forEach((service, times) -> readings.histogram(PAUSE, times.snapshot(), service));
  }

  /**
   * The sums of what is closed are read before the open ones are walked, and a connection leaves
   * the open ones before it is added to the sums. So one that closes meanwhile may be missed, until
   * the next scrape, but is never counted twice.
   */
  private void carried(Readings readings) {
    Map<Place, Bytes> carried = new HashMap<>(totals.carried());
    Map<Served, Integer> open = new HashMap<>();
    connections
        .open()
        .forEach(
            connection -> {
              ServiceLease held = connection.lease(); // once
              Place place = new Place(connection.acceptor(), held == null ? "" : held.name());
              open.merge(
                  new Served(place, held == null ? "" : held.version().version()), 1, Integer::sum);
              if (held != null) { // else it would be counted at another place in a moment
                Bytes own = new Bytes(connection.head().bytesIn(), connection.head().bytesOut());
                carried.merge(place, own, Bytes::plus);
              }
            });
    open.forEach(
        (served, count) ->
            readings.value(
                OPEN,
                count,
                served.place().acceptor(),
                served.place().service(),
                served.version()));
    carried.forEach((place, bytes) -> told.merge(place, bytes, ConnectionMeter::greater));
    told.forEach(
        (place, bytes) -> {
          readings.value(RECEIVED, bytes.in(), place.acceptor(), place.service());
          readings.value(SENT, bytes.out(), place.acceptor(), place.service());
        });
  }

  private static Bytes greater(Bytes one, Bytes other) {
    return new Bytes(Math.max(one.in(), other.in()), Math.max(one.out(), other.out()));
  }
}
