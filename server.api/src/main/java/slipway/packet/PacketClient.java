package slipway.packet;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A service's connection to a packet server, such as one of another host. It is made when the
 * client is, and made again whenever it is lost, with growing pauses.
 *
 * <p>{@link Packets#client} makes one. It is its maker's, which closes it, a service when it is
 * deactivated: it does not pass to another version.
 *
 * <p>All methods may be called from any thread, except where they say so. What one thread sends
 * arrives in its order. While there is no connection nothing is taken, and nothing is kept for the
 * next one.
 */
public final class PacketClient implements AutoCloseable {

  private final EventLoop loop;
  private final PacketClientSettings settings;
  private final Requests requests;
  private final ClientLink link;

  /** Bytes that are on their way from other threads to the event loop. */
  private final AtomicInteger coming = new AtomicInteger();

  /**
   * Makes one that does nothing before {@link #begin}.
   *
   * @param loop where its connections are
   * @param type of their channels
   */
  PacketClient(
      EventLoop loop,
      Class<? extends Channel> type,
      PacketClientSettings settings,
      PacketClientListener listener,
      RandomGenerator random) {
    this.loop = loop;
    this.settings = settings;
    this.requests = new Requests(loop);
    this.link = new ClientLink(this, type, listener, requests, random);
  }

  void begin() {
    link.later(link::connect);
  }

  /** How it speaks with its server. */
  public PacketClientSettings settings() {
    return settings;
  }

  /** Where its listener is called, and where it is used best. */
  public EventLoop eventLoop() {
    return loop;
  }

  /** Why there is no connection, in one line; empty if there is one. */
  public Optional<String> away() {
    return Optional.ofNullable(link.away());
  }

  /**
   * Completed, in the event loop, once the server was tried for the first time, whether it is there
   * or not. A service that is started by its first client is {@link slipway.service.Readiness
   * ready} then, and not before.
   */
  public CompletionStage<Void> tried() {
    return link.tried();
  }

  @Override
  public String toString() {
    return settings.server().getHostString() + ":" + settings.server().getPort();
  }

  // ---- sending ---------------------------------------------------------------------------------

  /**
   * Begins a packet with its type, a number of two bytes, in the client's event loop. It goes out
   * with the others of the same batch when that is over.
   *
   * @param type 0 to 65535
   * @return to be used up at once, ended by {@link SessionWriter#send}
   * @throws IllegalStateException if there is no connection, a packet is begun that is not sent, or
   *     this is another thread
   */
  public SessionWriter write(int type) {
    return write().u16(type);
  }

  /** As {@link #write(int)}, without a type. */
  public SessionWriter write() {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("a packet is written in the client's event loop only");
    }
    ClientChannel now = link.channel();
    if (now == null) {
      throw new IllegalStateException("the packet server " + this + " is away: " + link.away());
    }
    return now.write();
  }

  /**
   * Sends a packet. It stays the caller's.
   *
   * @return false if it was not taken: there is no connection, or more waits for the server than
   *     the settings allow, and the listener will be told when that has left
   * @throws IllegalArgumentException if the packet is longer than the format allows
   */
  public boolean send(Packet packet) {
    Encoded encoded = packet.encoded(settings.format());
    ClientChannel now = link.channel();
    if (now == null || link.isClosed() || !hasRoom(now, encoded.size())) {
      return false;
    }
    if (loop.inEventLoop()) {
      now.put(encoded);
      return true;
    }
    encoded.retain();
    coming.addAndGet(encoded.size());
    boolean comes =
        link.later(
            () -> {
              coming.addAndGet(-encoded.size());
              now.put(encoded);
              encoded.release();
            });
    if (!comes) {
      encoded.release();
    }
    return comes;
  }

  private boolean hasRoom(ClientChannel now, int size) {
    boolean room = (long) now.waiting() + coming.get() + size <= settings.outboxLimit();
    if (!room) {
      link.later(now::refuse);
    }
    return room;
  }

  /** How many bytes wait for the server; a moment old in another thread than the event loop. */
  public int waiting() {
    ClientChannel now = link.channel();
    return now == null ? 0 : now.waiting() + coming.get();
  }

  // ---- requests --------------------------------------------------------------------------------

  /** Writes a request. */
  @FunctionalInterface
  public interface Question {

    /**
     * Writes it.
     *
     * @param packet empty
     * @param number what the answer has to repeat, so that it is known to be this one's; 1 to
     *     2147483647
     */
    void write(PacketBuilder packet, int number);
  }

  /**
   * Sends a request, whose answer the listener knows by its type and gives to {@link #answered}.
   *
   * @param question writes it, in the event loop
   * @param answer reads what the answer has behind its number, in the event loop
   * @param patience how long to wait for the answer
   * @return completed in the event loop, so that what follows must not block it; fails with a
   *     {@link java.util.concurrent.TimeoutException} if no answer comes in time, with an {@link
   *     IOException} if there is no connection, it is lost, or too much waits for the server, and
   *     with whatever the question or the answer throws
   */
  public <T> CompletionStage<T> ask(
      Question question, Function<? super PacketReader, ? extends T> answer, Duration patience) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (loop.inEventLoop()) {
      ask(question, answer, patience, result);
    } else if (!link.later(() -> ask(question, answer, patience, result))) {
      result.completeExceptionally(new IOException("the host has ended"));
    }
    return result.minimalCompletionStage();
  }

  private <T> void ask(
      Question question,
      Function<? super PacketReader, ? extends T> answer,
      Duration patience,
      CompletableFuture<T> result) {
    ClientChannel now = link.channel();
    if (now == null) {
      result.completeExceptionally(
          new IOException("the packet server " + this + " is away: " + link.away()));
      return;
    }
    int number = requests.add(answer, result, patience);
    try (PacketBuilder builder = PacketBuilder.of(now.allocator())) {
      question.write(builder, number);
      try (Packet packet = builder.build()) {
        Encoded encoded = packet.encoded(settings.format());
        if (!hasRoom(now, encoded.size())) {
          throw new IOException("too much waits for the packet server " + this);
        }
        now.put(encoded);
      }
    } catch (Throwable notSent) {
      requests.fail(number, notSent);
    }
  }

  /**
   * Gives an answer to its request. Called by the listener within {@code packet}.
   *
   * @param number what the answer repeats
   * @param packet behind the number
   * @return false if no request of that number waits any more, as it was too late
   */
  public boolean answered(long number, PacketReader packet) {
    return requests.answered(number, packet);
  }

  // ---- reading, closing ------------------------------------------------------------------------

  /**
   * Says whether the listener takes packets. While it does not, none is given to it, and what the
   * server sends piles up there. A new connection begins as one that takes them.
   *
   * @param wanted false for none after the one that is being dealt with, true for more
   */
  public void reads(boolean wanted) {
    ClientChannel now = link.channel();
    if (now == null) {
      return;
    }
    if (loop.inEventLoop()) {
      now.wants(wanted);
    } else {
      link.later(() -> now.wants(wanted));
    }
  }

  /**
   * Closes the client: its connection ends once all that was sent has left, requests fail, and the
   * listener is not called any more. Does not block.
   */
  @Override
  public void close() {
    link.close();
  }
}
