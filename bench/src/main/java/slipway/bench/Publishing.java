package slipway.bench;

import java.io.IOException;
import java.time.Duration;
import slipway.bench.load.PacketLoad;
import slipway.bench.load.PublishLoad;
import slipway.bench.measure.Allocation;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Server;

/** Packets that few sessions of many publish, and all others are shown. */
final class Publishing {

  static final String NAME = "publish to 1,000";
  static final int SESSIONS = 1_000;
  static final int PUBLISHERS = 5;

  /**
   * Packets a second: below what the slowest server can take, with the load on the same machine.
   */
  static final int PER_SECOND = 50;

  /** Long enough for Java's compilers. */
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration LENGTH = Duration.ofSeconds(5);

  /** One run of one server; a message is a delivery. */
  record Run(int round, String server, Steady steady) implements Turn {
    @Override
    public double cpuMicros() {
      return steady.cpuMicros();
    }

    @Override
    public double foreign() {
      return steady.foreign();
    }
  }

  private Publishing() {}

  static void warmUp(Server server) throws IOException {
    try (PacketLoad load =
        new PacketLoad(
            server.pid(),
            server.port(),
            PacketLoad.Format.LAN,
            100,
            PublishLoad.PAYLOAD_BYTES,
            1)) {
      load.closedLoop(Duration.ZERO, WARM_UP);
    }
    try (PublishLoad load = open(server)) {
      load.run(PER_SECOND, WARM_UP);
    }
  }

  private static PublishLoad open(Server server) throws IOException {
    return new PublishLoad(server.pid(), server.port(), SESSIONS, PUBLISHERS);
  }

  /**
   * Measures a server.
   *
   * @throws IOException also if something was lost, doubled, changed or out of order
   */
  static Run measure(int round, String name, Server server) throws IOException {
    Run run;
    try (PublishLoad load = open(server);
        Allocation allocation = Allocation.of(server.pid())) {
      load.run(PER_SECOND, SETTLE);
      allocation.bytesSinceLast();
      PublishLoad.Result result = load.run(PER_SECOND, LENGTH);
      double allocated = allocation.bytesSinceLast() / result.latency().getTotalCount();
      if (result.lost() + result.wrong() > 0) {
        throw new IOException(
            String.format(
                "%,d deliveries were lost, and %,d were changed, doubled or out of order",
                result.lost(), result.wrong()));
      }
      run =
          new Run(
              round,
              name,
              Steady.of(result.deliveries(), result.account(), result.latency(), allocated));
    }
    Pause.millis(100); // until the server has seen that the sessions are gone
    return run;
  }
}
