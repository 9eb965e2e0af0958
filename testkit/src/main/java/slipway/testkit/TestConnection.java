package slipway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import slipway.service.Connection;

/**
 * A client of the service of a {@link TestHost}. It belongs to that one's thread.
 *
 * <p>Texts have a character for each byte (ISO 8859-1), so that nothing is lost if bytes are not
 * text; for other characters there are the methods with bytes.
 */
public final class TestConnection implements AutoCloseable {

  private final TestHost host;
  private final MemoryChannel channel;
  private Connection connection;
  private byte[] unread = new byte[0];
  private boolean ended;

  TestConnection(TestHost host, MemoryChannel channel) {
    this.host = host;
    this.channel = channel;
  }

  // ---- what the client does --------------------------------------------------------------------

  /** Sends a text; see {@link #send(byte[])}. */
  public TestConnection send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  /**
   * Sends bytes, which arrive in one piece, as soon as the service reads. They are dropped if the
   * connection is closed, or the client has ended its output.
   */
  public TestConnection send(byte[] bytes) {
    host.run();
    if (bytes.length > 0 && isOpen() && !ended) {
      channel.arrives(channel.alloc().ioBuffer(bytes.length).writeBytes(bytes));
    }
    host.run();
    return this;
  }

  /** Ends the client's output, as {@code nc -N} does; what is written to it still arrives. */
  public void endOutput() {
    host.run();
    ended = true;
    if (isOpen()) {
      channel.inputEnds();
    }
    host.run();
  }

  /**
   * Says whether the client reads; it does at first. What the service writes while it does not is
   * kept in the channel, which is not writable any more when that has become too much.
   */
  public void reads(boolean reads) {
    host.run();
    channel.clientReads(reads);
    host.run();
  }

  /** Closes the connection; what is not sent is dropped. Does nothing if it is closed. */
  @Override
  public void close() {
    host.run();
    channel.close();
    host.run();
  }

  // ---- what the client hears -------------------------------------------------------------------

  /** What has come since it was last asked for, as a text; see {@link #receivedBytes}. */
  public String received() {
    return new String(receivedBytes(), ISO_8859_1);
  }

  /**
   * What has come since it was last asked for. Does not wait.
   *
   * @throws AssertionError if the service has written what is no bytes, and no handler encodes it
   */
  public byte[] receivedBytes() {
    host.run();
    gather();
    byte[] all = unread;
    unread = new byte[0];
    return all;
  }

  /**
   * Waits until a text has come.
   *
   * @return what has come since it was last asked for, up to the end of that text; the rest is left
   *     for the next one to ask
   * @throws AssertionError if it does not come within a minute, or the connection is closed before;
   *     says what has come
   */
  public String readUntil(String end) {
    host.awaits(() -> find(end) >= 0 || !isOpen());
    int at = find(end);
    if (at < 0) {
      throw new AssertionError(
          Quoted.of(end)
              + " has not come, "
              + (isOpen() ? "" : "and the connection was closed, ")
              + "but "
              + Quoted.of(new String(unread, ISO_8859_1)));
    }
    return take(at + end.length());
  }

  private int find(String text) {
    gather();
    return new String(unread, ISO_8859_1).indexOf(text);
  }

  private void gather() {
    byte[] more = channel.take();
    if (more.length > 0) {
      int before = unread.length;
      unread = Arrays.copyOf(unread, before + more.length);
      System.arraycopy(more, 0, unread, before, more.length);
    }
    if (!channel.noBytes().isEmpty()) {
      throw new AssertionError("written as it is, as no handler encodes it: " + channel.noBytes());
    }
  }

  private String take(int count) {
    String taken = new String(unread, 0, count, ISO_8859_1);
    unread = Arrays.copyOfRange(unread, count, unread.length);
    return taken;
  }

  /** Remembers its connection, which the host forgets when it is closed. */
  void look() {
    if (connection == null) {
      connection = host.of(channel);
    }
  }

  /** Takes the host's own answer, and fails if it is another one. */
  void expect(String answer) {
    gather();
    String came = new String(unread, ISO_8859_1);
    if (!came.startsWith(answer)) {
      throw new AssertionError("the client is refused: " + Quoted.of(came));
    }
    take(answer.length());
  }

  /**
   * Waits until the connection is closed.
   *
   * @return what has come since it was last asked for
   * @throws AssertionError if it is not closed within a minute
   */
  public String awaitClosed() {
    if (!host.awaits(() -> !isOpen())) {
      throw new AssertionError("the connection is not closed");
    }
    return received();
  }

  // ---- what is to be seen of it ----------------------------------------------------------------

  /** Whether neither side has closed it. */
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Whether the service reads what the client sends; what it does not read waits. */
  public boolean isRead() {
    return channel.config().isAutoRead();
  }

  /**
   * The version that serves it, or has served it last.
   *
   * @throws IllegalStateException if none ever has
   */
  public String version() {
    return connection().version();
  }

  /**
   * The connection as its service sees it; for what a test has to look at in its pipeline.
   *
   * @throws IllegalStateException if no service ever had it
   */
  public Connection connection() {
    look();
    if (connection == null) {
      throw new IllegalStateException("the connection has no service");
    }
    return connection;
  }
}
