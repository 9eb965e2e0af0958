package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.List;
import slipway.service.GoingAway;
import slipway.service.Service;

/** A client of a service, for the test kit: without a network, in the calling thread. */
public final class KitClient {

  private final MovedClient client;

  /** Connects to a service. */
  public KitClient(Service first) {
    client = new MovedClient(first);
  }

  /** Hands the connection over to another version, at once or at the next boundary. */
  public void handOver(String version, Service next) {
    client.succeededBy(version, next).move();
  }

  /** Tells the service's users that the version goes away. */
  public void hears(GoingAway news) {
    client.hears(news);
  }

  /** Sends bytes in one piece; drops them if the service has closed the connection. */
  public void send(byte[] bytes) {
    if (isOpen()) {
      client.send(bytes);
    }
  }

  /** Does what waits in the connection's event loop. */
  public void run() {
    client.channel().runPendingTasks();
  }

  /**
   * What has come since it was asked for last, a character for each byte.
   *
   * @throws AssertionError if the service has written what is no bytes, and nobody has encoded it
   */
  public String received() {
    StringBuilder text = new StringBuilder();
    for (Object next = read(); next != null; next = read()) {
      if (!(next instanceof ByteBuf bytes)) {
        throw new AssertionError("written as it is, as no handler encodes it: " + next);
      }
      text.append(bytes.toString(ISO_8859_1));
      bytes.release();
    }
    return text.toString();
  }

  private Object read() {
    return client.channel().readOutbound();
  }

  /** The version that serves the connection. */
  public String version() {
    return client.version();
  }

  /** Whether the service has not closed it. */
  public boolean isOpen() {
    return client.channel().isOpen();
  }

  /** What of the connection holds objects of a version, by its class loader. */
  public List<String> holdersOf(ClassLoader loader) {
    return client.holdersOf(loader);
  }

  /**
   * Closes the connection.
   *
   * @return how many leases are left open
   */
  public int close() {
    client.channel().finishAndReleaseAll();
    return client.openLeases();
  }
}
