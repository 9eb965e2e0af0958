package slipway.bench.server;

import java.io.IOException;

/** How a peer tells the bench that it serves, and how it learns that the bench has ended. */
final class Ready {

  private Ready() {}

  /** Prints the port; returns when standard input ends, as it does when the bench is gone. */
  static void serveOn(int port) throws IOException {
    System.out.println("PORT " + port);
    while (System.in.read() >= 0) {
      // nothing is said on it
    }
  }
}
