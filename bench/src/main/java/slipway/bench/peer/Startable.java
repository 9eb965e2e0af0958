package slipway.bench.peer;

import java.io.IOException;

/**
 * Something that can be started again and again in the same folder, which goes when it is closed.
 */
public interface Startable extends AutoCloseable {

  /** Where it will listen. */
  int port();

  /** Starts its process, and does not wait for it. */
  Process launch() throws IOException;

  @Override
  void close() throws IOException;
}
