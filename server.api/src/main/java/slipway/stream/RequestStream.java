package slipway.stream;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import slipway.inbox.SharedInbox;
import slipway.service.Handed;

/**
 * What the client of a {@link StreamHandOff} sends, one request after the other. Used by the thread
 * that serves the connection; nothing here may be called from another one.
 *
 * <p>What was read is this version's: if the connection goes to another version, that one begins
 * with the first byte that was not read. So nothing may be read beyond a request, as a {@link
 * java.io.BufferedInputStream} or a reader around this stream would; to read byte by byte costs
 * little.
 *
 * @since 1.4
 */
public final class RequestStream extends InputStream {

  private final SharedInbox<ByteBuf> inbox;
  private final InboxInputStream in;
  private final ChannelOutputStream out;
  private final Handed handed;
  private volatile CompletableFuture<Handed> wanted;
  private boolean givenUp;

  RequestStream(SharedInbox<ByteBuf> inbox, ChannelOutputStream out, Handed handed) {
    this.inbox = inbox;
    this.in = new InboxInputStream(inbox);
    this.out = out;
    this.handed = handed;
  }

  /**
   * What another version has given with the connection, or this one if no other could take it up;
   * nothing, and {@link Handed#from} nobody, if the connection is a new one.
   */
  public Handed handed() {
    return handed;
  }

  /**
   * Waits for the next request: sends what was written, and blocks until the client has sent
   * something. It is here, and only here, that another version takes the connection over, before or
   * behind the first byte of the next request has arrived.
   *
   * @param state makes what another version needs to go on; called by this thread, each time that
   *     another version wants the connection. If it throws, or gives null, the connection stays
   *     with this version for now.
   * @return true if the client has sent something; false if it has ended its input, or another
   *     version has the connection now: then the service returns from {@link StreamHandOff#serve},
   *     and touches the connection no more
   * @throws IOException if the connection is closed
   */
  public boolean next(Supplier<Handed> state) throws IOException {
    out.send();
    while (!givenUp) {
      out.awaitWritable(this::isWanted);
      in.await(this::isWanted);
      if (!isWanted()) {
        return in.available() > 0;
      }
      giveUp(state);
    }
    return false;
  }

  private boolean isWanted() {
    CompletableFuture<Handed> stage = wanted;
    return stage != null && !stage.isDone();
  }

  private void giveUp(Supplier<Handed> state) {
    CompletableFuture<Handed> stage = wanted;
    try {
      Handed given = Objects.requireNonNull(state.get(), "it gave up nothing");
      givenUp = stage.complete(given); // else nobody waits for it any more
    } catch (Throwable failed) { // an error, too, is told by whoever wants the connection
      stage.completeExceptionally(failed);
    }
    if (givenUp) {
      out.giveUp();
    }
  }

  /**
   * Asks for the connection; in any thread.
   *
   * @return completed by the thread that serves, once it waits for a request
   */
  CompletableFuture<Handed> want() {
    CompletableFuture<Handed> stage = new CompletableFuture<>();
    wanted = stage;
    inbox.wake();
    out.wake();
    return stage;
  }

  /** Whether another version has the connection; of the thread that serves. */
  boolean isGivenUp() {
    return givenUp;
  }

  /** How often something was read; may be called from any thread. */
  long reads() {
    return in.reads();
  }

  @Override
  public int read() throws IOException {
    return givenUp ? -1 : in.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return givenUp ? -1 : in.read(target, offset, length);
  }

  @Override
  public int available() {
    return givenUp ? 0 : in.available();
  }

  /** Reads no more: what the client has sent, and will send, is dropped. */
  @Override
  public void close() {
    if (!givenUp) {
      in.close();
    }
  }
}
