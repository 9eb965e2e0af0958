package slipway.bots.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import slipway.bots.peer.PacketServer;
import slipway.bots.peer.PacketServer.Client;
import slipway.packet.PacketFormat;

/**
 * A world whose zones have one cell each, so that everybody sees everybody there. It is right;
 * tests override one method and do something wrong in it once, to the first player. Confined to the
 * event loop of its {@link PacketServer}.
 */
class ZoneServer implements PacketServer.Script {

  private static final long FRAME_MILLIS = 2;
  private static final int FIRST_FRAME = 1000;

  /** A player, as the server knows it. */
  static final class Citizen {
    /** Null while it has lost its connection. */
    Client client;

    /** All that it was sent, and how many bytes it has sent. */
    final List<byte[]> sent = new ArrayList<>();

    long taken;
    byte token;

    final Queue<ByteBuf> inbox = new ArrayDeque<>();
    final long id;
    String name = "";
    String zone = "";
    String next = "";
    int place = Place.of(500, 500);
    int goal = place;
    boolean moved;

    /** Number of the LOOK to be answered; 0 for none. */
    int look;

    private Citizen(long id, Client client) {
      this.id = id;
      this.client = client;
    }

    void send(byte[] payload) {
      sent.add(payload);
      if (client != null) {
        client.send(payload);
      }
    }
  }

  private final int players;
  private final boolean expectsFault;
  private final boolean all;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Map<Client, Citizen> citizens = new LinkedHashMap<>();
  private int frame = FIRST_FRAME;
  private boolean running;

  /** The length of a header, if players may come back; 0 if they may not. */
  private int resumes;

  private byte tokens;
  private boolean struck;
  private int walks;
  private int says;
  private int gos;
  private int heard;

  /**
   * A world for so many players.
   *
   * @param expectsFault whether the test is not done before {@link #strikes} has been true
   * @param all whether the test is not done before somebody has changed zones, and heard another
   */
  ZoneServer(int players, boolean expectsFault, boolean all) {
    this.players = players;
    this.expectsFault = expectsFault;
    this.all = all;
  }

  /** Players may come back from now on. */
  ZoneServer resuming(PacketFormat format) {
    resumes = format.header();
    return this;
  }

  /** Opens when the first player has walked and talked enough after what is wrong. */
  CountDownLatch done() {
    return done;
  }

  /** True once, for the first player, when all players are in zones. */
  final boolean strikes(Citizen citizen) {
    if (struck || !isFirst(citizen) || !areAllIn()) {
      return false;
    }
    struck = true;
    walks = 0;
    says = 0;
    return true;
  }

  /** Whether the first player has walked and talked since then. */
  private boolean isEnough() {
    return walks > 1 && says > 1 && (!all || gos > 0 && heard > 0);
  }

  /** Whether it is the player that a bot counts as the first. */
  static boolean isFirst(Citizen citizen) {
    return citizen.name.equals("bot1");
  }

  private boolean areAllIn() {
    return citizens.size() == players
        && citizens.values().stream().noneMatch(each -> each.zone.isEmpty());
  }

  // ---- connections -----------------------------------------------------------------------------

  @Override
  public void joined(Client client) {
    citizens.put(client, new Citizen(citizens.size() + 1L, client));
    if (!running) {
      running = true;
      client.later(FRAME_MILLIS, () -> run(client));
    }
  }

  @Override
  public void left(Client client) {
    Citizen gone = citizens.get(client);
    if (gone == null) {
      return; // it has another connection
    }
    if (gone.token != 0) {
      gone.client = null; // it comes back
      return;
    }
    citizens.remove(client);
    if (!gone.zone.isEmpty()) {
      others(gone).forEach(other -> went(other, gone));
    }
  }

  @Override
  public void packet(Client client, byte[] payload) {
    ByteBuf packet = Unpooled.wrappedBuffer(payload);
    if (packet.getUnsignedShortLE(0) == Outgoing.RESUME) {
      resume(client, packet.getByte(2), packet.getLongLE(2 + Incoming.TOKEN_BYTES));
    } else if (citizens.containsKey(client)) { // else the connection was cut
      citizens.get(client).taken += resumes + payload.length;
      citizens.get(client).inbox.add(packet);
    }
  }

  private void resume(Client client, byte token, long position) {
    Citizen back =
        citizens.values().stream().filter(each -> each.token == token).findFirst().orElseThrow();
    citizens.remove(client);
    citizens.values().remove(back);
    back.client = client;
    citizens.put(client, back);
    long at = 0;
    for (byte[] each : back.sent) {
      if (at >= position) {
        client.send(each);
      }
      at += resumes + each.length;
    }
    ByteBuf resumed = packet(Incoming.RESUMED).writeLongLE(back.taken);
    back.send(bytes(token(back, resumed)));
  }

  private ByteBuf token(Citizen citizen, ByteBuf packet) {
    tokens++;
    citizen.token = tokens;
    return packet.writeByte(citizen.token).writeZero(Incoming.TOKEN_BYTES - 1);
  }

  private void run(Client timer) {
    frame();
    timer.later(FRAME_MILLIS, () -> run(timer));
  }

  // ---- frames ----------------------------------------------------------------------------------

  /** Plays a frame. */
  void frame() {
    frame++;
    List<Citizen> everybody = List.copyOf(citizens.values());
    everybody.forEach(this::handleAll);
    everybody.forEach(this::move);
    everybody.stream().filter(each -> !each.next.isEmpty()).forEach(this::change);
    everybody.forEach(each -> update(each, movers(each)));
    everybody.stream().filter(each -> each.look != 0).forEach(this::seen);
    everybody.forEach(each -> each.moved = false);
  }

  /** Leaves a frame out. */
  final void skip() {
    frame++;
  }

  private void handleAll(Citizen citizen) {
    while (!citizen.inbox.isEmpty() && citizen.next.isEmpty()) {
      handle(citizen, citizen.inbox.remove());
      if ((struck || !expectsFault) && areAllIn() && isEnough()) {
        done.countDown();
      }
    }
  }

  private void handle(Citizen citizen, ByteBuf packet) {
    switch (packet.readUnsignedShortLE()) {
      case Outgoing.LOGIN -> {
        citizen.name = text(packet);
        login(citizen, text(packet));
      }
      case Outgoing.WALK -> {
        walks += isFirst(citizen) ? 1 : 0;
        walk(citizen, packet.readIntLE(), Place.within(packet.readIntLE()));
      }
      case Outgoing.SAY -> {
        says += isFirst(citizen) ? 1 : 0;
        byte[] text = ByteBufUtil.getBytes(packet);
        said(citizen, citizen.id, text);
        heard += others(citizen).size();
        others(citizen).forEach(other -> said(other, citizen.id, text));
      }
      case Outgoing.GO -> {
        gos++;
        go(citizen, text(packet));
      }
      case Outgoing.LOOK -> look(citizen, packet.readIntLE());
      case Outgoing.ALIVE -> alive(citizen);
      case Outgoing.ACK -> {
        if (packet.readLongLE() > sentBytes(citizen)) {
          throw new AssertionError("a bot says that it has more than it was sent");
        }
      }
      default -> throw new AssertionError("a bot has sent what no server knows");
    }
  }

  private long sentBytes(Citizen citizen) {
    return citizen.sent.stream().mapToLong(each -> resumes + each.length).sum();
  }

  private void move(Citizen citizen) {
    int place = step(citizen);
    citizen.moved = place != citizen.place;
    citizen.place = place;
  }

  /** Where it is in the next frame. */
  int step(Citizen citizen) {
    return Place.of(
        nearer(Place.x(citizen.place), Place.x(citizen.goal)),
        nearer(Place.y(citizen.place), Place.y(citizen.goal)));
  }

  private static int nearer(int from, int to) {
    return from + Math.clamp(to - from, -Walker.STEP, Walker.STEP);
  }

  private void change(Citizen citizen) {
    if (!citizen.zone.isEmpty()) {
      others(citizen).forEach(other -> went(other, citizen));
    }
    citizen.zone = citizen.next;
    citizen.next = "";
    citizen.goal = citizen.place;
    citizen.moved = false;
    zone(citizen);
    for (Citizen other : others(citizen)) {
      came(other, citizen);
      came(citizen, other);
    }
  }

  private List<Citizen> movers(Citizen citizen) {
    return citizens.values().stream()
        .filter(each -> each.moved && each.zone.equals(citizen.zone))
        .toList();
  }

  /** All others in its zone. */
  final List<Citizen> others(Citizen citizen) {
    return citizens.values().stream()
        .filter(each -> each != citizen && each.zone.equals(citizen.zone))
        .toList();
  }

  // ---- what tests do wrong ---------------------------------------------------------------------

  void login(Citizen citizen, String password) {
    citizen.send(bytes(packet(Incoming.WELCOME).writeLongLE(citizen.id)));
    if (resumes > 0) {
      citizen.send(bytes(token(citizen, packet(Incoming.TOKEN))));
    }
    citizen.next = "meadow";
  }

  void walk(Citizen citizen, int number, int place) {
    citizen.goal = place;
    goal(citizen, number, place);
  }

  void goal(Citizen citizen, int number, int place) {
    citizen.send(bytes(packet(Incoming.GOAL).writeIntLE(number).writeIntLE(place)));
  }

  void said(Citizen to, long id, byte[] text) {
    to.send(bytes(packet(Incoming.SAID).writeLongLE(id).writeBytes(text)));
  }

  void go(Citizen citizen, String zone) {
    citizen.next = zone;
  }

  void zone(Citizen citizen) {
    ByteBuf packet = write(packet(Incoming.ZONE), citizen.zone);
    citizen.send(bytes(packet.writeIntLE(frame).writeIntLE(citizen.place)));
  }

  void alive(Citizen citizen) {}

  void look(Citizen citizen, int number) {
    citizen.look = number;
  }

  void came(Citizen to, Citizen who) {
    ByteBuf packet = write(packet(Incoming.CAME).writeLongLE(who.id), who.name);
    to.send(bytes(packet.writeIntLE(who.place)));
  }

  void went(Citizen to, Citizen who) {
    to.send(bytes(packet(Incoming.WENT).writeLongLE(who.id)));
  }

  void update(Citizen to, List<Citizen> movers) {
    if (!to.zone.isEmpty()) {
      to.send(bytes(write(packet(Incoming.UPDATE).writeIntLE(frame), movers)));
    }
  }

  void seen(Citizen citizen) {
    seen(citizen, frame, citizen.place, others(citizen));
  }

  final void seen(Citizen citizen, int ofFrame, int place, List<Citizen> others) {
    ByteBuf packet = packet(Incoming.SEEN).writeIntLE(citizen.look);
    packet.writeIntLE(ofFrame).writeIntLE(place);
    citizen.send(bytes(write(packet, others)));
    citizen.look = 0;
  }

  // ---- packets ---------------------------------------------------------------------------------

  final int frameNumber() {
    return frame;
  }

  static ByteBuf packet(int type) {
    return Unpooled.buffer().writeShortLE(type);
  }

  static ByteBuf write(ByteBuf target, String text) {
    return target.writeByte(text.length()).writeBytes(text.getBytes(UTF_8));
  }

  private static ByteBuf write(ByteBuf target, List<Citizen> citizens) {
    target.writeShortLE(citizens.size());
    citizens.forEach(each -> target.writeLongLE(each.id).writeIntLE(each.place));
    return target;
  }

  static byte[] bytes(ByteBuf packet) {
    return ByteBufUtil.getBytes(packet);
  }

  private static String text(ByteBuf packet) {
    return packet.readCharSequence(packet.readUnsignedByte(), UTF_8).toString();
  }

  static List<Citizen> with(List<Citizen> citizens, Citizen one) {
    List<Citizen> more = new ArrayList<>(citizens);
    more.add(one);
    return more;
  }

  /** Somebody that nobody sees. */
  static Citizen stranger() {
    return new Citizen(Long.MAX_VALUE, null);
  }
}
