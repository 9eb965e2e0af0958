package slipway.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import slipway.bench.measure.Window;
import slipway.bench.measure.Window.Account;

/**
 * Players of the game {@code world}, a third of them in each zone. Each walks once a second to a
 * place near the one before; its updates are counted, and not checked further. Used by one thread.
 */
public final class PlayerLoad implements Closeable {

  private static final short WALK = 6010;
  private static final short GO = 6030;
  private static final short REFUSED = 6002;
  private static final short UPDATE = 6012;
  private static final short ZONE = 6031;

  private static final int SIZE = 1000;

  /** How far a walk is in each direction, at most. */
  private static final int REACH = 100;

  private static final int FIRST_ROOM = 4096;
  private static final int MOST_ROOM = 1 << 17;

  /** Under way at once, until they are in their zones. */
  private static final int BATCH = 64;

  private static final Duration ENTRANCE = Duration.ofSeconds(120);
  private static final long SECOND = 1_000_000_000L;

  private final Selector selector = Selector.open();
  private final Consumer<SelectionKey> ready = this::ready;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Player> players = new ArrayList<>();
  private final ByteBuffer payload = Framing.buffer(64);
  private final ByteBuffer output = Framing.buffer(64 + Framing.MOST_HEADER);
  private final long server;
  private final Door door;
  private final long period;
  private Histogram intervals = new Histogram(3);
  private int entered;
  private long packets;
  private long bytes;

  /** One player. */
  private static final class Player {
    private final int number;
    private final SocketChannel channel;
    private final PlayerCheck check;
    private ByteBuffer input = Framing.buffer(FIRST_ROOM);
    private boolean isIn;
    private int walks;
    private int x;
    private int y;

    Player(int number, SocketChannel channel, long period) {
      this.number = number;
      this.channel = channel;
      this.check = new PlayerCheck(period);
    }
  }

  /**
   * What was seen while the window was open.
   *
   * @param players how many there were
   * @param packets that came
   * @param bytes the same, with what frames them
   * @param account CPU used
   * @param intervals nanoseconds between two updates of a player
   * @param due updates that were to come
   * @param missed those that did not
   * @param wrong frames whose number did not rise
   */
  public record Result(
      int players,
      long packets,
      long bytes,
      Account account,
      Histogram intervals,
      long due,
      long missed,
      long wrong) {

    /** What share of the updates did not come. */
    public double missedShare() {
      return due == 0 ? 1 : missed / (double) due;
    }
  }

  /**
   * Lets players in, and returns when all are in their zones.
   *
   * @param server the process whose CPU time is accounted
   * @param fps frames in a second
   */
  public PlayerLoad(long server, Door door, int players, int fps) throws IOException {
    this.server = server;
    this.door = door;
    this.period = SECOND / fps;
    try {
      enter(players);
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void enter(int count) throws IOException {
    long end = System.nanoTime() + ENTRANCE.toNanos();
    while (entered < count) {
      if (players.size() < count && players.size() - entered < BATCH) {
        open(players.size());
        selector.selectNow(ready);
      } else {
        selector.select(ready, 1);
      }
      if (System.nanoTime() > end) {
        throw new IOException(entered + " of " + count + " players came in");
      }
    }
  }

  private void open(int number) throws IOException {
    SocketChannel channel = door.open(number);
    Player player = new Player(number, channel, period);
    players.add(player);
    channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, player);
  }

  // ---- playing ---------------------------------------------------------------------------------

  /**
   * Plays.
   *
   * @param settle time before the window
   * @param length of the window
   */
  public Result run(Duration settle, Duration length) throws IOException {
    long start = System.nanoTime();
    int count = players.size();
    Pace pace =
        new Pace(
            selector,
            ready,
            walk -> start + walk * SECOND / count,
            walk -> walk(players.get((int) (walk % count))),
            0);
    pace.sendUntil(start + settle.toNanos());
    intervals = new Histogram(3);
    packets = 0;
    bytes = 0;
    players.forEach(player -> player.check.measure());
    Window window = Window.open(server);
    pace.sendUntil(start + settle.toNanos() + length.toNanos());
    return new Result(
        count,
        packets,
        bytes,
        window.close(),
        intervals,
        players.stream().mapToLong(player -> player.check.due()).sum(),
        players.stream().mapToLong(player -> player.check.missed()).sum(),
        players.stream().mapToLong(player -> player.check.wrong()).sum());
  }

  private void walk(Player player) throws IOException {
    player.x = near(player.x);
    player.y = near(player.y);
    payload.clear().putShort(WALK).putInt(player.walks++);
    payload.putShort((short) player.x).putShort((short) player.y);
    send(player);
  }

  private int near(int coordinate) {
    return Math.clamp((long) coordinate + random.nextInt(-REACH, REACH + 1), 0, SIZE - 1);
  }

  private void send(Player player) throws IOException {
    door.framing().write(payload.flip(), output.clear());
    player.channel.write(output.flip());
    if (output.hasRemaining()) {
      throw new IOException("the server does not read what players send");
    }
  }

  // ---- what comes ------------------------------------------------------------------------------

  private void ready(SelectionKey key) {
    Player player = (Player) key.attachment();
    try {
      int count = player.channel.read(player.input);
      if (count < 0) {
        throw new IOException("the server has closed the connection of a player");
      }
      bytes += count;
      long now = System.nanoTime();
      ByteBuffer in = player.input.flip();
      while (takePacket(player, in, now)) {
        packets++;
      }
      in.compact();
      if (!in.hasRemaining()) {
        player.input = larger(in);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static ByteBuffer larger(ByteBuffer full) throws IOException {
    if (full.capacity() == MOST_ROOM) {
      throw new IOException("the server has sent a packet that is too long");
    }
    return Framing.buffer(2 * full.capacity()).put(full.flip());
  }

  /** Whether there was one, whole. */
  private boolean takePacket(Player player, ByteBuffer in, long now) throws IOException {
    int from = in.position();
    int length = door.framing().header(in);
    if (length == Framing.NOT_YET || in.remaining() < length) {
      in.position(from);
      return false;
    }
    int at = in.position();
    switch (in.getShort(at)) {
      case UPDATE -> {
        if (player.isIn) {
          player.check.updated(now, in.getInt(at + Short.BYTES), intervals);
        }
      }
      case ZONE -> enter(player, in, at + Short.BYTES);
      case REFUSED -> throw new IOException("the server has refused a player");
      default -> {
        // the others are not looked at
      }
    }
    in.position(at + length);
    return true;
  }

  private void enter(Player player, ByteBuffer in, int at) throws IOException {
    byte[] name = new byte[in.get(at)];
    in.get(at + 1, name);
    player.x = Short.toUnsignedInt(in.getShort(at + 1 + name.length + Integer.BYTES));
    player.y = Short.toUnsignedInt(in.getShort(at + 1 + name.length + Integer.BYTES + Short.BYTES));
    player.check.enter();
    String zone = Door.zone(player.number);
    if (zone.equals(new String(name, StandardCharsets.US_ASCII))) {
      player.isIn = true;
      entered++;
    } else {
      byte[] other = zone.getBytes(StandardCharsets.US_ASCII);
      payload.clear().putShort(GO).put((byte) other.length).put(other);
      send(player);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    Connecting.close(players.stream().map(player -> player.channel).toList());
  }
}
