package slipway.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The game {@code world} in Colyseus, on the Node.js of the path. */
public final class Colyseus {

  private static final Path FOLDER = Path.of("bench/target/colyseus");

  private Colyseus() {}

  /** Whether npm has installed it. */
  public static boolean exists() {
    return Files.isDirectory(FOLDER.resolve("node_modules/@colyseus/core"));
  }

  /** Starts it, as in production. */
  public static Server start() throws IOException {
    return Peer.start(
        List.of("env", "NODE_ENV=production", "node", FOLDER.resolve("game.mjs").toString()));
  }
}
