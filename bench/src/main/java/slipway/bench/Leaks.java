package slipway.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import slipway.bench.measure.JavaTools;
import slipway.bench.peer.AdminSocket;
import slipway.bench.peer.Host;
import slipway.bench.peer.Pause;

/** Versions that a host should be rid of, as {@code libctl leaks} has them. */
final class Leaks {

  private static final int TRIES = 5;
  private static final long PAUSE_MILLIS = 1_000;

  private Leaks() {}

  /** What is still held when a host has had some seconds to let go: a line for each version. */
  static List<String> of(Host host, AdminSocket admin) throws IOException {
    List<String> held = List.of();
    for (int i = 0; i < TRIES; i++) {
      Pause.millis(PAUSE_MILLIS);
      JavaTools.collectGarbage(host.pid());
      held = parse(admin.look("libctl leaks --json"));
      if (held.isEmpty()) {
        break;
      }
    }
    return held;
  }

  static List<String> parse(String json) {
    List<String> held = new ArrayList<>();
    for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
      JsonObject leak = each.getAsJsonObject();
      held.add(
          leak.get("service").getAsString()
              + " "
              + leak.get("version").getAsString()
              + ": "
              + leak.get("holders"));
    }
    return held;
  }
}
