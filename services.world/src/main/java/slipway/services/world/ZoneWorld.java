package slipway.services.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.packet.PacketReader;
import slipway.profile.Section;
import slipway.profile.Timing;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldSession;

/**
 * A zone: what its players send, and how they come and go. What they see is the {@link Scene}'s.
 */
final class ZoneWorld implements World {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneWorld.class);

  private final WorldContext context;
  private final Places places;
  private final String zone;
  private final Scene scene;
  private final Section update;

  /** By their sessions. */
  private final Map<Long, Player> players = new LinkedHashMap<>();

  /** The number of the last frame. */
  private long frame;

  /**
   * Makes it, empty.
   *
   * @param update times what it does in a frame
   */
  ZoneWorld(WorldContext context, Places places, Section update) {
    this.context = context;
    this.places = places;
    this.zone = Zones.zone(context.name());
    this.scene = new Scene(context);
    this.update = update;
  }

  // ---- coming ----------------------------------------------------------------------------------

  @Override
  public boolean join(WorldSession session, PacketReader bytes) {
    Ticket ticket = Ticket.read(bytes);
    Player player = new Player(session, ticket.account(), ticket.name(), ticket.x(), ticket.y());
    session.attach(player);
    players.put(player.id(), player);
    player.send(
        Protocol.text(context.packet(Protocol.ZONE), zone)
            .u32(frame)
            .u16(player.x())
            .u16(player.y())
            .build());
    scene.enter(player);
    return true;
  }

  // ---- what players send -----------------------------------------------------------------------

  @Override
  public void packet(WorldSession session, PacketReader packet) {
    Player player = session.attachment(Player.class);
    switch (packet.u16()) {
      case Protocol.WALK -> walk(player, packet);
      case Protocol.SAY -> say(player, packet);
      case Protocol.GO -> go(session, player, packet);
      case Protocol.LOOK -> look(player, packet);
      case Protocol.ALIVE -> packet.end();
      case Protocol.ACK -> acknowledge(session, packet);
      default -> throw packet.unknownType();
    }
  }

  private void walk(Player player, PacketReader packet) {
    long number = packet.u32();
    int x = Math.min(packet.u16(), Zones.SIZE - 1);
    int y = Math.min(packet.u16(), Zones.SIZE - 1);
    packet.end();
    player.send(context.packet(Protocol.GOAL).u32(number).u16(x).u16(y).build());
    scene.walk(player, x, y);
  }

  private void say(Player player, PacketReader packet) {
    String text = Protocol.text(packet);
    packet.end();
    scene.say(player, text);
  }

  private void go(WorldSession session, Player player, PacketReader packet) {
    String other = Protocol.text(packet);
    packet.end();
    if (!Zones.NAMES.contains(other)) {
      throw packet.bad();
    }
    if (session.moveTo(Zones.world(other), player.ticket())) { // else it stays, as that is full
      scene.exit(player);
    }
  }

  private void look(Player player, PacketReader packet) {
    long number = packet.u32();
    packet.end();
    scene.look(player, number);
  }

  private void acknowledge(WorldSession session, PacketReader packet) {
    long position = packet.i64();
    packet.end();
    if (!session.acknowledge(position)) {
      throw packet.bad();
    }
  }

  /** It has stayed where it was, and gets all that it has missed. */
  @Override
  public void resumed(WorldSession session) {
    byte[] token = session.token();
    if (token != null) { // else it is over again
      session.send(context.packet(Protocol.RESUMED).i64(session.taken()).bytes(token).build());
    }
  }

  @Override
  @SuppressWarnings("try") // the timing is there to be closed
  public void update(Frame now) {
    try (Timing timing = update.begin()) {
      frame = now.number();
      scene.update(frame);
    }
  }

  // ---- going -----------------------------------------------------------------------------------

  /** What others see of it comes with the next frame: in this one they have had their update. */
  @Override
  public void leave(WorldSession session, Leaving why) {
    Player player = players.remove(session.id());
    scene.exitLater(player);
    if (why == Leaving.GONE) {
      Departure departure = new Departure(player.account(), player.id());
      Place place = new Place(zone, player.x(), player.y());
      context.async(
          departure.tag(),
          () -> {
            places.keep(departure.account(), place);
            return departure.bytes();
          });
    }
  }

  @Override
  public void answer(String tag, PacketReader answer) {
    context.tell(LoginWorld.NAME, Departure.read(answer).bytes());
  }

  @Override
  public void noAnswer(String tag, String reason) {
    LOG.warn("world: it is not kept where a player has left {}: {}", zone, reason);
    context.tell(LoginWorld.NAME, Departure.of(tag).bytes());
  }

  // ---- for operators ---------------------------------------------------------------------------

  @Override
  public List<String> map(int columns, int rows) {
    return new ZoneMap(zone, players.values(), columns, rows).draw();
  }

  // ---- another version -------------------------------------------------------------------------

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(frame);
    out.writeInt(players.size());
    for (Player player : players.values()) {
      player.save(out);
    }
    scene.save(out);
  }

  /** Goes on from what {@link #save} has written. */
  static ZoneWorld load(WorldContext context, Places places, Section update, DataInput saved)
      throws IOException {
    ZoneWorld zone = new ZoneWorld(context, places, update);
    zone.frame = saved.readLong();
    for (int left = saved.readInt(); left > 0; left--) {
      WorldSession session = context.session(saved.readLong());
      Player player = Player.load(session, saved);
      session.attach(player);
      zone.players.put(player.id(), player);
      zone.scene.put(player);
    }
    zone.scene.load(zone.players::get, saved);
    return zone;
  }
}
