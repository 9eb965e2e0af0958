package slipway.services.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountName;
import slipway.account.Origin;
import slipway.packet.PacketReader;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldSession;

/**
 * Where sessions say who they are. Each goes its way in two steps of work elsewhere, with a pause
 * between them if the account is in already, by an older session:
 *
 * <pre>
 *  LOGIN ─▸ compare the password ─▸ (wait until the older one has left) ─▸ find the place ─▸ a zone
 * </pre>
 *
 * <p>Or a player comes back whose connection was lost, and its session goes on with the new one.
 */
final class LoginWorld implements World {

  static final String NAME = "login";

  private static final Logger LOG = LoggerFactory.getLogger(LoginWorld.class);
  private static final String COMPARE = "compare ";
  private static final String FIND = "find ";

  /** How long to wait for an older session. */
  private static final int PATIENCE_SECONDS = 2;

  private final WorldContext context;
  private final Passwords passwords;
  private final Places places;
  private final Presence presence;
  private final Roster roster;

  /** Sessions whose account has a newer one, until the end of the frame. */
  private final List<Long> expelled = new ArrayList<>();

  /** The number of the last frame. */
  private long frame;

  private LoginWorld(
      WorldContext context,
      Passwords passwords,
      Places places,
      Presence presence,
      Roster roster,
      long frame) {
    this.context = context;
    this.passwords = passwords;
    this.places = places;
    this.presence = presence;
    this.roster = roster;
    this.frame = frame;
  }

  /** Makes it, empty. */
  LoginWorld(WorldContext context, Passwords passwords, Places places, Presence presence) {
    this(context, passwords, places, presence, new Roster(), 0);
  }

  /** Goes on from what {@link #save} has written. */
  static LoginWorld load(
      WorldContext context, Passwords passwords, Places places, Presence presence, DataInput saved)
      throws IOException {
    long frame = saved.readLong();
    Roster roster = Roster.load(saved);
    roster.forEach(presence::enter);
    return new LoginWorld(context, passwords, places, presence, roster, frame);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(frame);
    roster.save(out);
  }

  // ---- the way in ------------------------------------------------------------------------------

  @Override
  public boolean join(WorldSession session, PacketReader ticket) {
    return true;
  }

  @Override
  public void packet(WorldSession session, PacketReader packet) {
    switch (packet.u16()) {
      case Protocol.LOGIN -> logIn(session, packet);
      case Protocol.RESUME -> resume(session, packet);
      case Protocol.ALIVE -> packet.end();
      default -> throw packet.unknownType();
    }
  }

  private void logIn(WorldSession session, PacketReader packet) {
    String text = Protocol.text(packet);
    byte[] password = new byte[packet.u8()];
    packet.bytes(password);
    packet.end();
    if (roster.find(session.id()) != null) {
      throw packet.bad(); // it has said so already
    }
    AccountName name;
    try {
      name = AccountName.of(text);
    } catch (IllegalArgumentException noName) {
      refuse(session, Protocol.BAD_NAME, noName.getMessage());
      return;
    }
    roster.add(session.id());
    Origin origin = Origin.of(session.connection());
    long id = session.id();
    context.async(COMPARE + id, () -> passwords.compare(id, name, password, origin).bytes());
  }

  private void resume(WorldSession session, PacketReader packet) {
    byte[] token = new byte[Protocol.TOKEN_BYTES];
    packet.bytes(token);
    long position = packet.i64();
    packet.end();
    if (roster.find(session.id()) != null) {
      throw packet.bad(); // it has named an account
    }
    if (!session.resume(token, position)) {
      refuse(session, Protocol.TOO_LATE, "log in again");
    }
  }

  @Override
  public void answer(String tag, PacketReader answer) {
    long id = Long.parseLong(tag.substring(tag.indexOf(' ') + 1));
    WorldSession session = context.session(id);
    Visitor visitor = roster.find(id);
    if (session == null || visitor == null) {
      return; // it has left
    }
    if (tag.startsWith(COMPARE)) {
      compared(session, visitor, Verdict.read(answer));
    } else {
      welcome(session, visitor, Place.read(answer));
    }
  }

  @Override
  public void noAnswer(String tag, String reason) {
    LOG.warn("world: a log-in has failed: {}", reason);
    WorldSession session = context.session(Long.parseLong(tag.substring(tag.indexOf(' ') + 1)));
    if (session != null) {
      refuse(session, Protocol.AWAY, "try again later");
    }
  }

  private void compared(WorldSession session, Visitor visitor, Verdict verdict) {
    if (verdict.reason() != 0) {
      refuse(session, verdict.reason(), verdict.text());
      return;
    }
    presence.enter(verdict.account(), session.id()); // a version before may have compared it
    long until = frame + (long) PATIENCE_SECONDS * context.fps();
    long older = roster.enter(visitor, verdict.account(), verdict.text(), until);
    if (older != Visitor.NOBODY) {
      expelled.add(older);
    }
    if (!visitor.waits()) {
      find(visitor);
    }
  }

  /** A zone tells that a player has left. */
  @Override
  public void message(String from, PacketReader message) {
    Departure departure = Departure.read(message);
    presence.leave(departure.account(), departure.session());
    Visitor next = roster.left(departure);
    if (next != null) {
      find(next);
    }
  }

  @Override
  public void update(Frame now) {
    frame = now.number();
    for (Visitor next = roster.overdue(frame); next != null; next = roster.overdue(frame)) {
      find(next);
    }
    if (!now.rehearsal()) { // they are not of this world alone
      expelled.forEach(presence::close);
    }
    expelled.clear();
  }

  private void find(Visitor visitor) {
    long account = visitor.account();
    context.async(FIND + visitor.session(), () -> places.find(account).bytes());
  }

  private void welcome(WorldSession session, Visitor visitor, Place place) {
    byte[] ticket = new Ticket(visitor.account(), visitor.name(), place.x(), place.y()).bytes();
    boolean moves =
        Stream.concat(Stream.of(place.zone()), Zones.NAMES.stream())
            .anyMatch(zone -> session.moveTo(Zones.world(zone), ticket));
    if (moves) {
      session.send(context.packet(Protocol.WELCOME).i64(session.id()).build());
      byte[] token = session.token();
      if (token != null) {
        session.send(context.packet(Protocol.TOKEN).bytes(token).build());
      }
    } else {
      refuse(session, Protocol.AWAY, "all zones are full");
    }
  }

  private void refuse(WorldSession session, int reason, String text) {
    session.send(Protocol.text(context.packet(Protocol.REFUSED).u8(reason), text).build());
    session.close();
  }

  @Override
  public void leave(WorldSession session, Leaving why) {
    if (why == Leaving.MOVED) {
      roster.moved(session.id());
    } else {
      Visitor visitor = roster.find(session.id());
      if (visitor != null) {
        presence.leave(visitor.account(), session.id());
      }
      roster.gone(session.id());
    }
  }
}
