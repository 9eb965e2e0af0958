package slipway.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import slipway.bench.load.FrameClient;
import slipway.bench.peer.AdminSocket;
import slipway.bench.peer.Host;
import slipway.bench.peer.HostCopy;
import slipway.bench.peer.ServiceBundle;

/** A host with worlds whose frames are timed. They begin with the first client. */
record FrameHost(Host host, int fps) implements AutoCloseable {

  /** Starts one, with so many worlds of so many frames a second. */
  static FrameHost start(Path distribution, int worlds, int fps, String... javaOptions)
      throws IOException {
    Stream<String> own = Stream.of("-Dbench.worlds=" + worlds, "-Dbench.fps=" + fps);
    HostCopy copy =
        new HostCopy(
                distribution, Stream.concat(own, Stream.of(javaOptions)).toArray(String[]::new))
            .install(ServiceBundle.FRAMES)
            .leadingTo(ServiceBundle.FRAMES.name(), "service = " + ServiceBundle.FRAMES.name());
    return new FrameHost(Host.start(copy), fps);
  }

  long pid() {
    return host.pid();
  }

  /** Late p99 of its first world in the last ten seconds, as {@code worlds ps} has it, in µs. */
  double ownP99Micros() throws IOException {
    try (AdminSocket admin = AdminSocket.of(host.home())) {
      JsonElement late =
          JsonParser.parseString(admin.execute("worlds ps --json"))
              .getAsJsonArray()
              .get(0)
              .getAsJsonObject()
              .get("lateP99Millis");
      return late.isJsonNull() ? Double.NaN : late.getAsDouble() * 1e3;
    }
  }

  /** Has the worlds made, if this is the first one. */
  FrameClient connect() throws IOException {
    return new FrameClient(host.fixed().port(), fps);
  }

  @Override
  public void close() throws IOException {
    host.close();
  }
}
