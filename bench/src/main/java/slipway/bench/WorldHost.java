package slipway.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import slipway.bench.peer.AdminSocket;
import slipway.bench.peer.Bots;
import slipway.bench.peer.Host;
import slipway.bench.peer.HostCopy;
import slipway.bench.peer.Pause;

/**
 * A host with the game {@code world} behind an acceptor of its own. It is as shipped, except for
 * what keeps a stranger from doing what the bench does: the password of each player costs a
 * thousandth of a second, and one address may register and log in as many as it likes.
 */
record WorldHost(Host host, AdminSocket admin) implements AutoCloseable {

  private static final List<String> WORLDS =
      List.of("login", "zone.meadow", "zone.forest", "zone.harbour");

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 500;

  /** Something that comes true. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  /** Starts one, with so many frames a second. */
  static WorldHost start(Path distribution, int fps, String... javaOptions) throws IOException {
    HostCopy copy =
        new HostCopy(distribution, javaOptions)
            .configure(
                "slipway.account",
                "hash.memory = 1",
                "hash.iterations = 1",
                "hash.queue = 100000",
                "address.queue = 100000",
                "address.registrations = 1000000")
            .configure("slipway.data", "queue.limit = 100000") // all may leave at once
            .configure("slipway.service-world", "state = FIXED")
            .leadingTo("world", "service = world", "packet.max = 65535");
    for (String world : WORLDS) {
      copy.configure("slipway.world-" + world, "fps = " + fps, "max.sessions = 10000");
    }
    Host host = Host.start(copy);
    try {
      return new WorldHost(host, AdminSocket.of(host.home()));
    } catch (IOException failed) {
      host.close();
      throw failed;
    }
  }

  long pid() {
    return host.pid();
  }

  /** Where clients get the game. */
  int port() {
    return host.fixed().port();
  }

  /** Lets bots come when those before have gone, and waits until all of them are in zones. */
  Bots enter(int players) throws IOException {
    await(() -> sumOfZones("sessions") == 0);
    Bots bots = Bots.world(host.home(), port(), players);
    try {
      await(
          () -> {
            bots.check();
            return sumOfZones("sessions") == players;
          });
      return bots;
    } catch (IOException | RuntimeException failed) {
      bots.close();
      throw failed;
    }
  }

  private void await(Condition condition) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IOException(
            sumOfZones("sessions") + " players are in the zones after " + PATIENCE);
      }
      Pause.millis(LOOK_MILLIS);
    }
  }

  /** What {@code worlds ps} has of all zones together. */
  long sumOfZones(String key) throws IOException {
    long sum = 0;
    for (JsonObject world : worlds()) {
      if (world.get("world").getAsString().startsWith("zone.")) {
        sum += world.get(key).getAsLong();
      }
    }
    return sum;
  }

  private List<JsonObject> worlds() throws IOException {
    List<JsonObject> worlds = new ArrayList<>();
    for (JsonElement each :
        JsonParser.parseString(admin.execute("worlds ps --json")).getAsJsonArray()) {
      worlds.add(each.getAsJsonObject());
    }
    return worlds;
  }

  @Override
  public void close() throws IOException {
    admin.close();
    host.close();
  }
}
