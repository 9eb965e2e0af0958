package slipway.launcher;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A connection to a running host's admin socket: one command after the other, one shell session.
 *
 * <p>Used by one thread at a time; {@link #close} may be called by another one, which ends what
 * this one waits for with an {@link IOException} and interrupts the command in the host.
 */
final class AdminClient implements Closeable {

  /** Before a request: the folder that the client is in, up to a NUL. */
  private static final char FOLDER = '\u0001';

  /** Begins a request that only NUL ends, so that line ends in it are data. */
  private static final char PROGRAM = '\u0002';

  /** Ends a request of a client that can be asked. */
  private static final char ASK = '\u0005';

  /** Ends a request of one that can be asked, and is told what the command waits for. */
  private static final char TELL = '\u0006';

  private static final String NO_ANSWER = "\u0018";

  private static final String NUL = "text with NUL in it cannot be sent to the host";

  private final SocketChannel channel;
  private final Patience patience;
  private final ReplyReader replies;

  private AdminClient(SocketChannel channel, Patience patience) {
    this.channel = channel;
    this.patience = patience;
    this.replies =
        new ReplyReader(
            new InputStreamReader(
                new Heard(Channels.newInputStream(channel)), StandardCharsets.UTF_8));
  }

  /**
   * Connects to a host.
   *
   * @param socket path of its socket
   * @throws IOException if nobody listens there
   */
  static AdminClient connect(Path socket) throws IOException {
    return connect(socket, Patience.SILENCE, Optional.empty());
  }

  /**
   * Connects to a host that may be frozen.
   *
   * @param socket path of its socket
   * @param silence how long it may say nothing, here and later
   * @param limit how long all may take; empty for as long as it takes
   * @throws SilentHostException if it does not let the client in
   * @throws IOException if nobody listens there
   */
  static AdminClient connect(Path socket, Duration silence, Optional<Duration> limit)
      throws IOException {
    return connect(socket, silence, limit, System::nanoTime);
  }

  /** The same by another clock than the system's. */
  static AdminClient connect(
      Path socket, Duration silence, Optional<Duration> limit, LongSupplier nanos)
      throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    Patience patience = Patience.with(channel, silence, limit, nanos);
    try {
      patience.begin();
      channel.connect(UnixDomainSocketAddress.of(socket));
      patience.end();
      return new AdminClient(channel, patience);
    } catch (IOException e) {
      channel.close();
      throw patience.of(e);
    }
  }

  /**
   * Lets the host execute a command line and waits until it is done.
   *
   * @param line the command line; may have several lines, and ends with no tab
   * @param text takes what the command prints, as it comes
   * @throws IOException if the connection ends before the command does
   * @throws IllegalArgumentException if the line has a NUL; then nothing is sent
   */
  Reply execute(String line, Consumer<String> text) throws IOException {
    return ask(line, text, waits -> {});
  }

  /** The same; nobody is told what the command waits for. */
  Reply execute(String line, Consumer<String> text, Question.Answerer answerer) throws IOException {
    return execute(line, text, answerer, Optional.empty());
  }

  /**
   * Lets the host execute a command line, answers what it asks, and waits until it is done.
   *
   * @param line the command line; may have several lines, and ends with no tab
   * @param text takes what the command prints, as it comes
   * @param answerer answers, in this thread
   * @param waits takes what the command waits for, if that takes a while; empty if nobody is to be
   *     told
   * @throws IOException if the connection ends before the command does
   * @throws IllegalArgumentException if the line has a NUL; then nothing is sent
   */
  Reply execute(
      String line,
      Consumer<String> text,
      Question.Answerer answerer,
      Optional<Consumer<String>> waits)
      throws IOException {
    return execute(Optional.empty(), line, text, answerer, waits);
  }

  /**
   * The same for a client that is in a folder.
   *
   * @param directory what files in the command line count from, absolute; empty for the host's
   *     folder
   */
  Reply execute(
      Optional<Path> directory,
      String line,
      Consumer<String> text,
      Question.Answerer answerer,
      Optional<Consumer<String>> waits)
      throws IOException {
    String heading = directory.map(folder -> FOLDER + folder.toString() + '\0').orElse("");
    Consumer<String> told = waits.orElse(what -> {});
    Reply reply = ask(heading, line + (waits.isPresent() ? TELL : ASK), text, told);
    boolean refused = false;
    while (reply.question().isPresent()) {
      String answer = answerer.answer(reply.question().get()).orElse(NO_ANSWER);
      boolean sendable = isSendable(answer);
      refused |= !sendable;
      reply = ask(sendable ? answer : NO_ANSWER, text, told); // the host waits for one
    }
    return refused ? new Reply(NUL) : reply;
  }

  /**
   * Asks what the last word of an unfinished command line could become.
   *
   * @param line the command line up to the cursor
   * @return whole words, in the host's order
   */
  List<String> complete(String line) throws IOException {
    StringBuilder text = new StringBuilder();
    ask(line + '\t', text::append, waits -> {});
    List<String> candidates = new ArrayList<>();
    text.toString().lines().filter(candidate -> !candidate.isEmpty()).forEach(candidates::add);
    return candidates;
  }

  private Reply ask(String request, Consumer<String> text, Consumer<String> waits)
      throws IOException {
    return ask("", request, text, waits);
  }

  private Reply ask(String heading, String request, Consumer<String> text, Consumer<String> waits)
      throws IOException {
    patience.begin();
    try {
      send(heading, request);
      return replies.read(text, waits);
    } catch (IOException e) {
      throw patience.of(e);
    } finally {
      patience.end();
    }
  }

  private static boolean isSendable(String text) {
    return text.indexOf('\0') < 0;
  }

  /** Sends what the host reads as one request, whatever is in it, or nothing at all. */
  private void send(String heading, String text) throws IOException {
    if (!isSendable(text)) {
      throw new IllegalArgumentException(NUL);
    }
    ByteBuffer request = StandardCharsets.UTF_8.encode(heading + PROGRAM + text + '\0');
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The host's output, of which each byte says that the host lives. */
  private final class Heard extends FilterInputStream {

    private Heard(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      patience.heard();
      return read;
    }
  }
}
