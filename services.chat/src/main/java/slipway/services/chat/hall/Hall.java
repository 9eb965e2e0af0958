package slipway.services.chat.hall;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.services.chat.room.Member;
import slipway.services.chat.room.RoomView;
import slipway.services.chat.room.Rooms;
import slipway.services.chat.store.Message;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.Device;
import slipway.services.chat.user.Entry;
import slipway.services.chat.user.User;
import slipway.services.chat.user.Users;

/**
 * Which user is where, in all versions of the chat that have users: what is asked of all versions,
 * or told to all. {@link #users} are those of this version alone. Methods may be called from any
 * thread, unless they say otherwise.
 */
public final class Hall {

  private final String id = UUID.randomUUID().toString();
  private final LongSupplier nanos;
  private final Users users;
  private final Rooms rooms;
  private final Announcements announcements;
  private final PeerProtocol peers;

  /**
   * Makes it, empty.
   *
   * @param nanos the time in nanoseconds, from the same origin for all versions
   * @param slowLimit bytes that may wait for a member of a room
   * @param delivered the number up to which messages have been handed to {@link #deliver}
   * @param look called when another version has stored messages
   */
  public Hall(
      Peers peers,
      LongSupplier nanos,
      LongSupplier slowLimit,
      LongSupplier delivered,
      Runnable look) {
    this.nanos = nanos;
    this.users = new Users(nanos);
    this.rooms = new Rooms(slowLimit, delivered);
    this.announcements = new Announcements(new Comings(nanos), this::isIn, this::notice);
    this.peers = new PeerProtocol(peers, new ThisVersion(users, rooms, look, this::takeNick));
  }

  /** A text that no other version of the chat has, nor this one after a restart. */
  public String id() {
    return id;
  }

  /** The time in nanoseconds, of the same origin for all versions of the chat in this JVM. */
  public long now() {
    return nanos.getAsLong();
  }

  /** The users of this version. */
  public Users users() {
    return users;
  }

  /** What other versions ask this one. */
  public Function<Map<String, Object>, Object> peer() {
    return peers;
  }

  // ---- users ---------------------------------------------------------------------------------

  /**
   * Lets a device in. A user who is known by the account's name as a nick gets their own name back.
   *
   * @param most how many devices a user may have
   */
  public Entry enter(Account account, Device device, int most) {
    Entry entry = users.enter(account, device, most);
    if (entry instanceof Entry.Entered entered) {
      entered.displaced().ifPresent(holder -> takeNick(holder, account.name()));
      peers.claim(account);
    }
    return entry;
  }

  private void takeNick(User holder, AccountName name) {
    String nick = holder.shown();
    if (users.takeNick(holder, name)) {
      String line = "* " + nick + " is known as " + holder.shown() + " now";
      rooms.of(holder.id()).forEach(room -> notice(room, line, holder.id(), holder.id()));
    }
  }

  /** The account of the user who is known by a name. */
  public Optional<Long> accountOf(AccountName name) {
    return users.find(name).map(User::id).or(() -> peers.find(name));
  }

  /** Whether another user has a nick that looks like this. */
  public boolean isLikeNick(Set<String> forms, long account) {
    return users.isLikeNick(forms, account) || peers.isLikeNick(forms, account);
  }

  /**
   * Shows a user a line that one other user wrote.
   *
   * @param from the other one's account
   * @param day when
   * @return why the user does not answer, empty if present; nothing if no user is known by the name
   */
  public Optional<String> tell(AccountName name, long from, String line, Day day) {
    Optional<String> elsewhere = peers.tell(name, from, line, day);
    return users.tell(name.key(), from, line, day).or(() -> elsewhere);
  }

  /**
   * Ends all sessions of a user.
   *
   * @return how many
   */
  public int end(long account, String line) {
    return users.end(account, line) + peers.end(account, line);
  }

  /** A user may not talk, or may again. */
  public void mute(long account, Optional<Mute> mute) {
    users.mute(account, mute);
    peers.mute(account, mute);
  }

  /**
   * Gives the device that serves a connection now a line that one before was to show.
   *
   * @param ends whether it is the last line
   */
  public void pass(long connection, String line, boolean ends) {
    if (!users.pass(connection, line, ends)) {
      peers.pass(connection, line, ends);
    }
  }

  // ---- rooms ---------------------------------------------------------------------------------

  /**
   * Puts a member into a room. In the member's event loop.
   *
   * @param seen the number of the last message that it has had; 0 if it is new
   * @param announced whether others are told
   * @param address where the member is; null if that does not count
   * @return the number behind which it gets all messages by itself
   */
  public long join(
      RoomName name,
      User user,
      Member member,
      EventExecutor loop,
      long seen,
      boolean announced,
      Object address) {
    Rooms.Joined joined = rooms.join(name, user, member, loop, seen);
    if (joined.first() && announced && !peers.isIn(name, user.id())) {
      announcements.came(name, user, address);
    }
    return joined.upTo();
  }

  /**
   * Takes a member out of a room. In the member's event loop.
   *
   * @param announced whether others are told
   * @param address where the member is; null if that does not count
   */
  public void part(
      RoomName name,
      User user,
      Member member,
      EventExecutor loop,
      boolean announced,
      Object address) {
    boolean last = rooms.part(name, user, member, loop);
    if (last && announced && !peers.isIn(name, user.id())) {
      announcements.left(name, user, address);
    }
  }

  /** Announces the users who came and went too fast to be announced one by one. */
  public void tellComings() {
    announcements.tellFolded();
  }

  private boolean isIn(RoomName room, long account) {
    return rooms.isIn(room.key(), account) || peers.isIn(room, account);
  }

  /**
   * Shows all users in a room a line that is not kept.
   *
   * @param about the account that it is about, which others may ignore; 0 if none
   * @param except the account whose devices do not get it; 0 if all do
   */
  public void notice(RoomName name, String line, long about, long except) {
    rooms.notice(name.key(), line, about, except);
    peers.notice(name, line, about, except);
  }

  /** Whether somebody is in a room. */
  public boolean isThere(RoomName room) {
    return rooms.isThere(room)
        || peers
            .rooms()
            .flatMap(there -> there.keySet().stream())
            .anyMatch(name -> RoomName.of(String.valueOf(name)).equals(room));
  }

  /** Names of those who are in a room, with why they do not answer, ordered. */
  public List<String> who(RoomName room) {
    Map<String, String> all = new TreeMap<>(rooms.who(room.key()));
    peers
        .who(room)
        .forEach(
            there ->
                there.forEach(
                    (key, shown) -> all.putIfAbsent(String.valueOf(key), String.valueOf(shown))));
    return List.copyOf(all.values());
  }

  /** The rooms that somebody is in, ordered by name. */
  public List<RoomView> rooms() {
    Map<String, RoomView> all = new TreeMap<>();
    add(rooms.counts(), all);
    peers.rooms().forEach(there -> add(there, all));
    return List.copyOf(all.values());
  }

  /** How many rooms somebody is in who is connected to this version. */
  public int roomsHere() {
    return rooms.counts().size();
  }

  private static void add(Map<?, ?> counts, Map<String, RoomView> all) {
    counts.forEach(
        (name, count) ->
            all.merge(
                RoomName.of(String.valueOf(name)).key(),
                new RoomView(String.valueOf(name), (Integer) count),
                (one, other) -> new RoomView(one.name(), one.users() + other.users())));
  }

  // ---- messages ------------------------------------------------------------------------------

  /** Messages have been stored here: hands them on. In the journal's thread. */
  public void deliver(List<Message> messages) {
    rooms.deliver(messages);
    peers.stored();
  }

  /** See {@link Rooms#leftOut}. In the journal's thread. */
  public void leftOut(long count, long before) {
    rooms.leftOut(count, before);
  }

  /** See {@link Rooms#restart}. In the journal's thread. */
  public void restart(long last) {
    rooms.restart(last);
    peers.stored();
  }
}
