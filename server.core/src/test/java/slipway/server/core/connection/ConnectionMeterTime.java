package slipway.server.core.connection;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import slipway.net.Intake.Choice;
import slipway.server.core.meter.Told;

/** Measures by hand how long a scrape walks 10,000 connections; no test, as machines differ. */
final class ConnectionMeterTime {

  private static final int CONNECTIONS = 10_000;
  private static final int SCRAPES = 200;
  private static final double NANOS = 1e6;

  private ConnectionMeterTime() {}

  /** Prints the times in milliseconds: the first, the median and the longest of the later ones. */
  public static void main(String... none) throws Exception {
    FakeLeases leases = new FakeLeases();
    for (int service = 0; service < 10; service++) {
      leases.with("service" + service, connection -> {});
    }
    Listeners listeners = new Listeners();
    Connections connections =
        new Connections(leases, listeners, new OperatorServices(), loop -> Optional.empty());
    List<EmbeddedChannel> channels = new ArrayList<>();
    for (int number = 0; number < CONNECTIONS; number++) {
      EmbeddedChannel channel = new EmbeddedChannel();
      channels.add(channel);
      connections.dispatch(
          channel,
          new TestIntake(
              "acceptor" + number % 5,
              Choice.FIXED,
              "service" + number % 10,
              Duration.ofHours(1),
              Duration.ofHours(1)));
      channel.pipeline().fireChannelActive();
    }
    ConnectionMeter meter = new ConnectionMeter(connections, listeners);
    long[] times = new long[SCRAPES];
    for (int scrape = 0; scrape < SCRAPES; scrape++) {
      long begin = System.nanoTime();
      Told.of(meter);
      times[scrape] = System.nanoTime() - begin;
    }
    long first = times[0];
    Arrays.sort(times, 1, SCRAPES);
    System.out.printf(
        "%d connections: first %.1f ms, median %.2f ms, longest %.2f ms%n",
        channels.size(), first / NANOS, times[SCRAPES / 2] / NANOS, times[SCRAPES - 1] / NANOS);
  }
}
