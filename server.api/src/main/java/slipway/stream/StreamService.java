package slipway.stream;

import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Service;

/**
 * The blocking form of a service: each connection is served by a virtual thread of its own. All
 * virtual threads share a few threads of the system, and one that computes keeps one of these to
 * itself until it waits for something; see {@link #newThread}.
 *
 * <p>What it knows of a connection is on the stack of a thread, so that its connections stay with
 * their version; a {@link StreamHandOff} can hand them over.
 *
 * <p>Backpressure works both ways. What the service does not read is left with the client once
 * {@value StreamHandler#HIGH} bytes wait; a service that writes faster than the client reads blocks
 * in {@code write}.
 */
@ConsumerType
public abstract class StreamService implements Service {

  /** For subclasses. */
  protected StreamService() {}

  @Override
  public final void attach(Connection connection) {
    connection.channel().pipeline().addLast(new StreamHandler(this, connection, Handed.nothing()));
  }

  /**
   * Serves a connection until it returns; then what was written is flushed and the connection
   * closed.
   *
   * <p>When the client ends its input, reading gives -1 and writing still works; when the
   * connection is closed, writing throws an {@link java.io.IOException}. The thread is never
   * interrupted by the host. The version of the service stays active until this method has
   * returned.
   *
   * @param connection the connection
   * @param in what the client sends; blocks until something is there
   * @param out what goes to the client; buffered, so {@code flush} when an answer is complete
   * @throws Exception any failure: it is logged with the connection's id and closes this connection
   *     alone
   */
  protected abstract void serve(Connection connection, InputStream in, OutputStream out)
      throws Exception;

  /**
   * Hears that a connection is going to be closed, and may say so to the client. Called for each
   * word, one after the other, on a thread beside the one that serves. When it returns from the
   * last word, what was written is flushed and the connection closed.
   *
   * @param connection the connection
   * @param news why and when; if it is the last word this has a second
   * @param out goes to the client, too: what is written here comes between two flushes of the
   *     serving thread, never within one of at most {@value ChannelOutputStream#BUFFER} bytes
   * @throws Exception any failure: it is logged with the connection's id and closes this connection
   *     alone
   * @since 1.4
   */
  protected void goingAway(Connection connection, GoingAway news, OutputStream out)
      throws Exception {
    // most protocols have no word for it
  }

  /**
   * Makes a thread that serves a connection: a virtual one. A service that computes for long makes
   * a thread of the system instead, so that it holds up nobody but its own client.
   *
   * @param name the thread's name
   * @param serving what the thread runs
   * @return the thread, not started
   * @since 1.4
   */
  protected Thread newThread(String name, Runnable serving) {
    return Thread.ofVirtual().name(name).unstarted(serving);
  }
}
