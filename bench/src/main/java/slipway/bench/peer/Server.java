package slipway.bench.peer;

import java.io.IOException;

/** A server that runs, until it is closed. */
public interface Server extends AutoCloseable {

  /** The process whose CPU time and memory count. */
  long pid();

  /** Where it listens, on the loopback interface. */
  int port();

  /** Ends the process at once; it has ended when this returns. */
  @Override
  void close() throws IOException;

  /** A way to start a server. */
  record Kind(String name, Start start) {}

  /** Starts a server and returns when it serves. */
  @FunctionalInterface
  interface Start {
    Server start() throws IOException;
  }
}
