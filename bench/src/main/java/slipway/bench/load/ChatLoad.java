package slipway.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import slipway.bench.measure.Window;
import slipway.bench.measure.Window.Account;

/**
 * Users of a chat who talk in rooms by a plan, at a steady rate. What everybody is shown is noted
 * by number, and compared at the end with what those see who only listen. Used by one thread.
 */
public final class ChatLoad implements Closeable {

  /** Length of a message as it is shown, with its line's end. */
  public static final int MESSAGE_BYTES = ChatLine.LENGTH + 1;

  private static final String PASSWORD = "bench-password";
  private static final int READ = 64 * 1024;

  /** Log-ins under way at once: fewer than may wait for their password to be hashed. */
  private static final int BATCH = 64;

  private static final Duration ENTRANCE = Duration.ofSeconds(60);
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final byte[] CAME_IN = " has come in".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector = Selector.open();
  private final Consumer<SelectionKey> ready = this::ready;
  private final ByteBuffer input = ByteBuffer.allocateDirect(READ);
  private final byte[] chunk = new byte[READ];
  private final ByteBuffer output = ByteBuffer.allocateDirect(2 * ChatLine.LENGTH);
  private final ChatLine line = new ChatLine();
  private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
  private final List<ChatMember> members = new ArrayList<>();
  private final InetSocketAddress address;
  private final long server;
  private final ChatPlan plan;
  private ChatMember.Lines lines = this::entering;
  private int entered;
  private String lastLine = "";
  private long startedAt;
  private long measuredFrom;
  private long sent;
  private long deliveries;
  private long dropped;
  private long strange;
  private String firstStrange = "";

  /**
   * What was seen.
   *
   * @param messages that were sent while the window was open
   * @param deliveries that arrived meanwhile
   * @param account CPU used in the window
   * @param latency nanoseconds from when a message was due to its arrival at each member, of those
   *     that were due while the window was open
   * @param sent messages, before the window too
   * @param dropped connections that the server has closed
   * @param lost messages that somebody was not shown, each counted once for everybody
   * @param wrong those that were shown changed, twice, out of order or in another room, likewise
   * @param strange the first line that was no message; empty if there was none
   */
  public record Result(
      long messages,
      long deliveries,
      Account account,
      Histogram latency,
      long sent,
      long dropped,
      long lost,
      long wrong,
      String strange) {

    /** CPU time of the server for a delivery, in microseconds. */
    public double serverMicros() {
      return account.serverMicros() / (double) deliveries;
    }

    /** Deliveries in a second. */
    public double rate() {
      return deliveries / account.seconds();
    }
  }

  /**
   * Logs everybody in, which registers who is not yet known, and has them join their rooms.
   *
   * @param server the process whose CPU time is accounted
   * @param port where the chat is to be named
   */
  public ChatLoad(long server, int port, ChatPlan plan) throws IOException {
    this.server = server;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.plan = plan;
    try {
      enter();
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  // ---- entering ------------------------------------------------------------------------------

  private void enter() throws IOException {
    long end = System.nanoTime() + ENTRANCE.toNanos();
    int count = plan.members();
    while (entered < count) {
      while (members.size() < count && members.size() - entered < BATCH) {
        open(members.size());
      }
      selector.select(ready, 100);
      if (dropped > 0 || System.nanoTime() > end) {
        throw new IOException(
            entered + " of " + count + " users entered the chat; the last line was: " + lastLine);
      }
    }
    lines = this::talking;
  }

  private void open(int number) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String login =
        "chat\n"
            + ChatLine.name(number)
            + " "
            + PASSWORD
            + "\n"
            + (plan.rooms() == 1 ? "" : "/join " + plan.room(number) + "\n");
    channel.configureBlocking(false);
    ChatMember member =
        new ChatMember(
            number,
            channel,
            channel.register(selector, SelectionKey.OP_READ),
            Math.max(plan.perSecond() / plan.rooms(), 1) * 16);
    channel.keyFor(selector).attach(member);
    members.add(member);
    member.send(ByteBuffer.wrap(login.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Whoever has entered a room is told who is there. */
  private void entering(ChatMember member, byte[] bytes, int from, int to) {
    if (endsWith(bytes, from, to, CAME_IN)) {
      return;
    }
    String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    member.entrance = line;
    if (dropped == 0) {
      lastLine = line;
    }
    if (line.startsWith("* in " + plan.room(member.number) + ":")) {
      entered++;
    }
  }

  // ---- talking -------------------------------------------------------------------------------

  /**
   * Talks.
   *
   * @param settle time before the window
   * @param length of the window
   */
  public Result run(Duration settle, Duration length) throws IOException {
    startedAt = System.nanoTime();
    measuredFrom = settle.toNanos();
    Pace pace = new Pace(selector, ready, message -> startedAt + plan.due(message), this::send, 0);
    long first = pace.sendUntil(startedAt + measuredFrom);
    Window window = Window.open(server);
    long before = deliveries;
    sent = pace.sendUntil(startedAt + measuredFrom + length.toNanos());
    long delivered = deliveries - before;
    Account account = window.close();
    pace.await(() -> deliveries, sent * (plan.inRoom() - 1));
    return checked(sent - first, delivered, account);
  }

  private void send(long message) {
    ChatMember member = members.get(plan.sender(message));
    if (!member.isOpen()) {
      return;
    }
    output.clear();
    ChatLine.put(output, member.number, plan.own(message), plan.due(message));
    try {
      member.send(output.flip());
    } catch (IOException reset) {
      drop(member);
    }
  }

  private void ready(SelectionKey key) {
    ChatMember member = (ChatMember) key.attachment();
    try {
      if (key.isWritable()) {
        member.sendRest();
      }
      if (key.isReadable()) {
        if (!member.read(input, chunk, lines)) {
          drop(member);
        }
      }
    } catch (IOException reset) {
      drop(member);
    }
  }

  private void talking(ChatMember member, byte[] bytes, int from, int to) {
    if (line.read(bytes, from, to) && isSent(line)) {
      deliveries++;
      member.saw((int) plan.message(line.member(), line.number()));
      if (line.due() >= measuredFrom) {
        latency.recordValue(Math.min(System.nanoTime() - startedAt - line.due(), LONGEST_NANOS));
      }
    } else if (!endsWith(bytes, from, to, CAME_IN)) { // of the last who entered
      strange++;
      if (firstStrange.isEmpty()) {
        firstStrange = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      }
    }
  }

  private boolean isSent(ChatLine read) {
    return plan.isSender(read.member())
        && read.due() == plan.due(plan.message(read.member(), read.number()));
  }

  private static boolean endsWith(byte[] bytes, int from, int to, byte[] end) {
    if (to - from < end.length) {
      return false;
    }
    for (int i = 0; i < end.length; i++) {
      if (bytes[to - end.length + i] != end[i]) {
        return false;
      }
    }
    return true;
  }

  private void drop(ChatMember member) {
    if (member.isOpen()) {
      if (dropped == 0) {
        lastLine = member.entrance; // others may have been told something since
      }
      dropped++;
      try {
        member.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  // ---- checking ------------------------------------------------------------------------------

  private Result checked(long messages, long delivered, Account account) {
    long lost = 0;
    long wrong = strange;
    for (int room = 0; room < plan.rooms(); room++) {
      int[] here = plan.sentIn(room, (int) sent);
      RoomCheck check = new RoomCheck(here, plan::sender, members.get(room).seen());
      for (int member = room + plan.rooms(); member < members.size(); member += plan.rooms()) {
        check.member(member, members.get(member).seen());
      }
      lost += check.lost();
      wrong += check.wrong();
    }
    return new Result(
        messages, delivered, account, latency, sent, dropped, lost, wrong, firstStrange);
  }

  @Override
  public void close() throws IOException {
    for (ChatMember member : members) {
      member.close();
    }
    selector.close();
  }
}
