package slipway.itest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for hosts that are started a little later. The system gives those of its own range to
 * clients, and a port that was free when it was chosen could be the local one of a connection when
 * the host binds it; so they are from below that range, and no two tests get the same. Tests that
 * run at the same time in another process have a part of the range of their own.
 */
public final class FreePort {

  private static final int PROCESSES = 2;
  private static final int EACH = 11_000;
  private static final int FIRST =
      10_000 + (Integer.getInteger("slipway.fork", 1) - 1) % PROCESSES * EACH;
  private static final int END = FIRST + EACH;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePort() {}

  /** A port on which nobody listens, and which nobody else gets. */
  public static synchronized int next() throws IOException {
    IOException taken = new IOException("no port is free");
    for (int attempt = 0; attempt < END - FIRST; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (GIVEN.add(port)) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
          return probe.getLocalPort();
        } catch (IOException other) {
          taken = other;
        }
      }
    }
    throw taken;
  }
}
