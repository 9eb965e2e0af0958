package slipway.services.chat.room;

import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Network;
import slipway.services.chat.memory.Remembered;
import slipway.services.chat.store.Message;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.text.RoomName;
import slipway.text.Times;

/**
 * All users who are on and all rooms that somebody is in, with those of other versions of the chat
 * where a question is about everybody. Methods may be called from any thread, unless they say
 * otherwise.
 */
public final class Hall implements Function<Map<String, Object>, Object> {

  /** Users whose last change of a password is remembered; the oldest are forgotten first. */
  private static final int MOST_REMEMBERED = 10_000;

  private final String id = UUID.randomUUID().toString();
  private final Peers peers;
  private final LongSupplier nanos;
  private final LongSupplier slowLimit;
  private final LongSupplier delivered;
  private final Runnable look;
  private final Comings comings;
  private final Map<Long, User> users = new ConcurrentHashMap<>();
  private final Map<String, User> names = new ConcurrentHashMap<>();
  private final Map<String, User> looks = new ConcurrentHashMap<>();
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final Remembered<Long, PasswordChange> passwords = new Remembered<>(MOST_REMEMBERED);

  /**
   * A user's last change of the password.
   *
   * @param at when
   * @param by connections whose session stays
   */
  private record PasswordChange(long at, LongPredicate by) {}

  /** The day of the last message that was handed on. Of the journal's thread. */
  private Day day = Day.of(Instant.EPOCH);

  /** What became of somebody who wants to enter. */
  public enum Refusal {
    /** The user has as many devices as may be. */
    TOO_MANY_DEVICES
  }

  /**
   * Somebody entered, or did not.
   *
   * @param user null if refused
   * @param refusal null if not
   */
  public record Entry(User user, Refusal refusal) {}

  /** A room as everybody sees it. */
  public record RoomView(String name, int users) {}

  /**
   * Makes it, empty.
   *
   * @param nanos the time in nanoseconds, from any origin
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
    this.peers = peers;
    this.nanos = nanos;
    this.slowLimit = slowLimit;
    this.delivered = delivered;
    this.look = look;
    this.comings = new Comings(nanos);
  }

  /** A text that no other version of the chat has, nor this one after a restart. */
  public String id() {
    return id;
  }

  /** The time in nanoseconds, of the same origin for all versions of the chat in this JVM. */
  public long now() {
    return nanos.getAsLong();
  }

  /** How many nanoseconds too early it is for a user's next message; 0 if it may be sent. */
  public long early(User user, int burst, int perSecond) {
    return user.pace().take(nanos.getAsLong(), burst, perSecond);
  }

  // ---- users ---------------------------------------------------------------------------------

  /**
   * Lets a device in. Whoever is known by the account's name without having it, is known by the own
   * name again.
   *
   * @param most how many devices a user may have
   */
  public Entry enter(Account account, Device device, int most) {
    Entry[] entry = new Entry[1];
    User[] before = new User[1];
    User[] replaced = new User[1];
    users.compute(
        account.id(),
        (id, on) -> {
          if (on != null && !on.account().name().equals(account.name())) {
            forget(on); // of another database, in which somebody else has this number
            replaced[0] = on;
          }
          User user = on == null || on == replaced[0] ? new User(account, nanos.getAsLong()) : on;
          if (user.devices().size() >= most) {
            entry[0] = new Entry(null, Refusal.TOO_MANY_DEVICES);
            return on;
          }
          before[0] = names.put(account.name().key(), user);
          user.account(account);
          user.devices().add(device);
          entry[0] = new Entry(user, null);
          return user;
        });
    if (replaced[0] != null) {
      replaced[0].devices().forEach(each -> each.end(Goodbye.REMOVED));
    }
    if (entry[0].user() != null) {
      if (before[0] != null && before[0] != entry[0].user()) {
        takeNick(before[0], account.name());
      }
      peers.ask(Map.of("do", "claim", "name", account.name().toString(), "account", account.id()));
    }
    return entry[0];
  }

  /** An account has a name by which a user of this version may be known. */
  private void claimHere(AccountName name, long account) {
    User holder = names.get(name.key());
    if (holder != null && holder.id() != account) {
      takeNick(holder, name);
    }
  }

  private void takeNick(User holder, AccountName name) {
    String nick = holder.shown();
    boolean[] taken = {false};
    users.computeIfPresent( // it may be taking another one now
        holder.id(),
        (id, on) -> {
          AccountName own = on.account().name();
          taken[0] = on.name().equals(name) && !own.equals(name);
          if (taken[0]) {
            names.remove(name.key(), on);
            on.looks().forEach(form -> looks.remove(form, on));
            on.name(own, Set.of());
          }
          return on;
        });
    if (!taken[0]) {
      return;
    }
    holder
        .devices()
        .forEach(
            device ->
                device.show(
                    "* " + name + " is the name of a user; you are " + holder.shown() + " again"));
    rooms.values().stream()
        .filter(room -> room.has(holder.id()))
        .forEach(
            room ->
                notice(
                    room.name(),
                    "* " + nick + " is known as " + holder.shown() + " now",
                    holder.id(),
                    holder.id()));
  }

  /** A device is gone. */
  public void leave(User user, Device device) {
    users.computeIfPresent(
        user.id(),
        (id, on) -> {
          on.devices().remove(device);
          if (!on.devices().isEmpty()) {
            return on;
          }
          forget(on);
          return null;
        });
  }

  private void forget(User user) {
    names.remove(user.account().name().key(), user);
    names.remove(user.name().key(), user);
    user.looks().forEach(form -> looks.remove(form, user));
  }

  /** The user who is known by a name, in this version. */
  public Optional<User> find(AccountName name) {
    return Optional.ofNullable(names.get(name.key()));
  }

  /** The account of whoever is known by a name. */
  public Optional<Long> accountOf(AccountName name) {
    User user = names.get(name.key());
    if (user != null) {
      return Optional.of(user.id());
    }
    return peers.ask(Map.of("do", "find", "name", name.key())).stream()
        .map(Long.class::cast)
        .findFirst();
  }

  /** Whether somebody else has a nick that looks like this. */
  public boolean isLikeNick(Set<String> forms, long account) {
    return isLikeNickHere(forms, account)
        || !peers
            .ask(Map.of("do", "like", "forms", List.copyOf(forms), "account", account))
            .isEmpty();
  }

  private boolean isLikeNickHere(Collection<?> forms, long account) {
    return forms.stream()
        .map(looks::get)
        .anyMatch(holder -> holder != null && holder.id() != account);
  }

  /**
   * Gives a user another name.
   *
   * @param forms what it looks like; empty for the account's own name
   * @return false if somebody else is known by it, or by one that looks like it
   */
  public boolean rename(User user, AccountName name, Set<String> forms) {
    boolean[] renamed = {false};
    users.computeIfPresent( // one at a time, or a name in between would stay taken
        user.id(),
        (id, on) -> {
          User holder = names.putIfAbsent(name.key(), user);
          renamed[0] = (holder == null || holder == user) && claim(user, forms);
          if (renamed[0]) {
            AccountName before = user.name();
            user.looks().stream()
                .filter(form -> !forms.contains(form))
                .forEach(form -> looks.remove(form, user));
            user.name(name, forms);
            if (!before.equals(name) && !before.equals(user.account().name())) {
              names.remove(before.key(), user);
            }
          } else if (holder == null) {
            names.remove(name.key(), user);
          }
          return on;
        });
    return renamed[0];
  }

  /** All of the forms, or none. */
  private boolean claim(User user, Set<String> forms) {
    List<String> mine = new ArrayList<>();
    for (String form : forms) {
      User holder = looks.putIfAbsent(form, user);
      if (holder == null) {
        mine.add(form);
      } else if (holder != user) {
        mine.forEach(each -> looks.remove(each, user));
        return false;
      }
    }
    return true;
  }

  /**
   * Shows a user a line that one other user wrote.
   *
   * @param from the other one's account
   * @param day when
   * @return why the user does not answer, empty if present; nothing if nobody is known by the name
   */
  public Optional<String> tell(AccountName name, long from, String line, Day day) {
    List<Object> elsewhere =
        peers.ask(
            Map.of(
                "do", "tell", "name", name.key(), "from", from, "line", line, "at", day.begin()));
    Optional<String> here = tellHere(name.key(), from, line, day);
    return here.isPresent() ? here : elsewhere.stream().map(String::valueOf).findFirst();
  }

  private Optional<String> tellHere(String key, long from, String line, Day day) {
    User user = names.get(key);
    if (user == null) {
      return Optional.empty();
    }
    if (!user.ignored().containsKey(from)) {
      user.devices().forEach(device -> device.tell(line, day));
    }
    return Optional.of(user.away());
  }

  /**
   * Ends all sessions of a user.
   *
   * @return how many
   */
  public int end(long account, String line) {
    return endHere(account, line)
        + peers.ask(Map.of("do", "end", "account", account, "line", line)).stream()
            .mapToInt(Integer.class::cast)
            .sum();
  }

  /** Ends the sessions of a user in this version. */
  public int endHere(long account, String line) {
    return endHere(account, line, connection -> false);
  }

  /**
   * Ends the sessions of a user in this version.
   *
   * @param except connections whose session stays
   */
  public int endHere(long account, String line, LongPredicate except) {
    User user = users.get(account);
    if (user == null) {
      return 0;
    }
    List<Device> devices =
        user.devices().stream().filter(device -> !except.test(device.connection())).toList();
    devices.forEach(device -> device.end(line));
    return devices.size();
  }

  /**
   * A user has another password: ends the sessions in this version, and those that are on their way
   * to it. In the accounts' thread.
   *
   * @param by connections whose session stays
   */
  public void passwordChanged(long account, String line, LongPredicate by) {
    synchronized (passwords) { // before the sessions are looked for: one may come meanwhile
      passwords.put(account, new PasswordChange(now(), by));
    }
    endHere(account, line, by);
  }

  /**
   * Whether a user has had another password since a log-in.
   *
   * @param since when that was
   * @param connection whose session it is
   */
  public boolean isPasswordOld(long account, long since, long connection) {
    synchronized (passwords) {
      PasswordChange last = passwords.get(account);
      return last != null && last.at() - since > 0 && !last.by().test(connection);
    }
  }

  /** The accounts of those who are in, in this version. */
  public List<Account> accounts() {
    return users.values().stream().map(User::account).toList();
  }

  /** Ends the sessions in this version that come from a network. */
  public void endHere(Network network, String line) {
    users.values().stream()
        .flatMap(user -> user.devices().stream())
        .filter(device -> device.isFrom(network))
        .forEach(device -> device.end(line));
  }

  /** An account is another now, such as one with another role. */
  public void changed(Account account) {
    User user = users.get(account.id());
    if (user != null) {
      user.account(account);
    }
  }

  /** A user may not talk, or may again. */
  public void mute(long account, Optional<Mute> mute) {
    muteHere(account, mute);
    Map<String, Object> question = new LinkedHashMap<>(Map.of("do", "mute", "account", account));
    mute.ifPresent(
        held -> {
          question.put("until", held.until());
          question.put("reason", held.reason());
          question.put("by", held.by());
        });
    peers.ask(question);
  }

  private void muteHere(long account, Optional<Mute> mute) {
    User user = users.get(account);
    if (user != null) {
      user.mute(mute);
      String line =
          mute.map(
                  held ->
                      "* you may not talk until "
                          + Times.of(held.until())
                          + PlainText.because(held.reason()))
              .orElse("* you may talk again");
      user.devices().forEach(device -> device.show(line));
    }
  }

  /**
   * Gives the device that serves a connection now a line that one before was to show.
   *
   * @param ends whether it is the last line
   */
  public void pass(long connection, String line, boolean ends) {
    if (!passHere(connection, line, ends)) {
      peers.ask(Map.of("do", "pass", "connection", connection, "line", line, "ends", ends));
    }
  }

  private boolean passHere(long connection, String line, boolean ends) {
    Optional<Device> served =
        users.values().stream()
            .flatMap(user -> user.devices().stream())
            .filter(device -> device.connection() == connection)
            .findFirst();
    served.ifPresent(
        device -> {
          if (ends) {
            device.end(line);
          } else {
            device.show(line);
          }
        });
    return served.isPresent();
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
    boolean[] first = {false};
    Room room =
        rooms.compute(
            name.key(),
            (key, there) -> {
              Room joined = there == null ? new Room(name, slowLimit) : there;
              first[0] = joined.countIn(user);
              return joined;
            });
    room.add(loop, member);
    // read only now: what is handed on from here reaches the member
    long upTo = Math.max(seen, delivered.getAsLong());
    member.seen(upTo);
    if (first[0]
        && announced
        && !isInElsewhere(name, user.id())
        && comings.mayTell(name, user, address, true)) {
      notice(name, "* " + user.shown() + " has come in", user.id(), user.id());
    }
    return upTo;
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
    boolean[] last = {false};
    rooms.computeIfPresent(
        name.key(),
        (key, room) -> {
          room.remove(loop, member);
          last[0] = room.countOut(user);
          return room.isEmpty() ? null : room;
        });
    if (last[0]
        && announced
        && !isInElsewhere(name, user.id())
        && comings.mayTell(name, user, address, false)) {
      notice(name, "* " + user.shown() + " has left", user.id(), user.id());
    }
  }

  private boolean isInElsewhere(RoomName name, long account) {
    return !peers.ask(Map.of("do", "in", "room", name.key(), "account", account)).isEmpty();
  }

  /** Tells of those who came and went too fast to be told of one by one. From any thread. */
  public void tellComings() {
    for (Comings.Folded folded : comings.take()) {
      List<Comings.Kept> came = new ArrayList<>();
      List<Comings.Kept> left = new ArrayList<>();
      List<Comings.Kept> passed = new ArrayList<>();
      for (Comings.Kept user : folded.users()) {
        Room room = rooms.get(folded.room().key());
        boolean isIn =
            room != null && room.has(user.account())
                || isInElsewhere(folded.room(), user.account());
        if (isIn && !user.wasIn()) {
          came.add(user);
        } else if (!isIn && user.wasIn()) {
          left.add(user);
        } else if (!isIn) {
          passed.add(user);
        }
      }
      tell(folded.room(), came, "has come in", "users came in");
      tell(folded.room(), left, "has left", "users left");
      tell(folded.room(), passed, "came and left", "users came and left");
    }
  }

  private void tell(RoomName room, List<Comings.Kept> users, String one, String many) {
    if (users.size() == 1) {
      Comings.Kept user = users.get(0);
      notice(room, "* " + user.name() + " " + one, user.account(), user.account());
    } else if (!users.isEmpty()) {
      notice(room, "* " + users.size() + " " + many, 0, 0);
    }
  }

  /** Whether somebody is in a room. */
  public boolean isThere(RoomName room) {
    return rooms.containsKey(room.key())
        || peers.ask(Map.of("do", "rooms")).stream()
            .flatMap(there -> ((Map<?, ?>) there).keySet().stream())
            .anyMatch(name -> RoomName.of(String.valueOf(name)).equals(room));
  }

  /**
   * Shows everybody in a room a line that is not kept.
   *
   * @param about the account that it is about, which others may ignore; 0 if none
   * @param except the account whose devices do not get it; 0 if all do
   */
  public void notice(RoomName name, String line, long about, long except) {
    noticeHere(name.key(), line, about, except);
    peers.ask(
        Map.of("do", "notice", "room", name.key(), "line", line, "about", about, "except", except));
  }

  private void noticeHere(String key, String line, long about, long except) {
    Room room = rooms.get(key);
    if (room != null) {
      room.deliver(Batch.notice(line, about, except));
    }
  }

  /** Hands messages on to those in their rooms. In the journal's thread. */
  public void deliver(List<Message> messages) {
    Map<String, List<Message>> byRoom = new LinkedHashMap<>();
    for (Message message : messages) {
      byRoom.computeIfAbsent(message.room().key(), key -> new ArrayList<>()).add(message);
    }
    byRoom.forEach(
        (key, those) -> {
          Room room = rooms.get(key);
          if (room != null) {
            deliver(room, those);
          }
        });
  }

  /** Those of one day together: as a rule, all are of the day of those before. */
  private void deliver(Room room, List<Message> messages) {
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      Day next = day.at(messages.get(i).sent());
      if (next != day && from < i) {
        room.deliver(Batch.of(messages.subList(from, i), day));
        from = i;
      }
      day = next;
    }
    room.deliver(Batch.of(messages.subList(from, messages.size()), day));
  }

  /**
   * Some messages are not shown, as there are too many. In the journal's thread.
   *
   * @param count how many, of all rooms
   * @param before the number of the first one that is shown
   */
  public void leftOut(long count, long before) {
    String line =
        "* messages of all rooms that are left out: "
            + count
            + "; /history 50 before "
            + before
            + " shows the last of yours";
    rooms.values().forEach(room -> room.deliver(Batch.notice(line, 0, 0)));
  }

  /**
   * Messages have other numbers from now on, as the database holds others. In the journal's thread.
   *
   * @param last the number behind which messages are handed on
   */
  public void restart(long last) {
    rooms.values().forEach(room -> room.restart(last));
  }

  /** Messages have been stored here. */
  public void stored() {
    peers.ask(Map.of("do", "stored"));
  }

  /** Names of those who are in a room, with why they do not answer, ordered. */
  public List<String> who(RoomName room) {
    Map<String, String> all = new TreeMap<>(whoHere(room.key()));
    for (Object there : peers.ask(Map.of("do", "who", "room", room.key()))) {
      ((Map<?, ?>) there)
          .forEach((key, shown) -> all.putIfAbsent(String.valueOf(key), String.valueOf(shown)));
    }
    return List.copyOf(all.values());
  }

  private Map<String, String> whoHere(String key) {
    Map<String, String> who = new TreeMap<>();
    Room room = rooms.get(key);
    if (room != null) {
      for (User user : room.users()) {
        String away = user.away();
        who.put(user.name().key(), user.shown() + (away.isEmpty() ? "" : " (away: " + away + ")"));
      }
    }
    return who;
  }

  /** The rooms that somebody is in, ordered by name. */
  public List<RoomView> rooms() {
    Map<String, RoomView> all = new TreeMap<>();
    rooms.forEach(
        (key, room) -> all.put(key, new RoomView(room.name().text(), room.users().size())));
    for (Object there : peers.ask(Map.of("do", "rooms"))) {
      ((Map<?, ?>) there)
          .forEach(
              (name, count) ->
                  all.merge(
                      RoomName.of(String.valueOf(name)).key(),
                      new RoomView(String.valueOf(name), (Integer) count),
                      (one, other) -> new RoomView(one.name(), one.users() + other.users())));
    }
    return List.copyOf(all.values());
  }

  // ---- what other versions ask ---------------------------------------------------------------

  @Override
  public Object apply(Map<String, Object> question) {
    String name = String.valueOf(question.get("name"));
    String room = String.valueOf(question.get("room"));
    String line = String.valueOf(question.get("line"));
    return switch (String.valueOf(question.get("do"))) {
      case "stored" -> {
        look.run();
        yield null;
      }
      case "notice" -> {
        noticeHere(room, line, number(question, "about"), number(question, "except"));
        yield null;
      }
      case "tell" -> tellHere(name, number(question, "from"), line, day(question)).orElse(null);
      case "end" -> endHere(number(question, "account"), line);
      case "find" -> names.containsKey(name) ? names.get(name).id() : null;
      case "claim" -> {
        claimHere(AccountName.of(name), number(question, "account"));
        yield null;
      }
      case "like" ->
          question.get("forms") instanceof Collection<?> forms
                  && isLikeNickHere(forms, number(question, "account"))
              ? true
              : null;
      case "in" ->
          rooms.get(room) instanceof Room there && there.has(number(question, "account"))
              ? true
              : null;
      case "pass" -> {
        boolean ends = Boolean.TRUE.equals(question.get("ends"));
        yield passHere(number(question, "connection"), line, ends) ? true : null;
      }
      case "who" -> whoHere(room);
      case "rooms" -> {
        Map<String, Integer> counts = new TreeMap<>();
        rooms.values().forEach(each -> counts.put(each.name().text(), each.users().size()));
        yield counts;
      }
      case "mute" -> {
        muteHere(number(question, "account"), mute(question));
        yield null;
      }
      default -> null; // a newer version may ask for more
    };
  }

  private static long number(Map<String, Object> question, String key) {
    return question.get(key) instanceof Long number ? number : 0;
  }

  /** Null if an older version asks, which does not say it. */
  private static Day day(Map<String, Object> question) {
    return question.get("at") instanceof Instant time ? Day.of(time) : null;
  }

  private static Optional<Mute> mute(Map<String, Object> question) {
    return question.get("until") instanceof Instant until
        ? Optional.of(
            new Mute(
                until, String.valueOf(question.get("reason")), String.valueOf(question.get("by"))))
        : Optional.empty();
  }
}
