package slipway.services.chat.session;

import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Role;
import slipway.data.DatabaseAway;
import slipway.services.chat.room.Member;
import slipway.services.chat.room.User;
import slipway.services.chat.store.Arrival;
import slipway.services.chat.store.Draft;
import slipway.services.chat.store.Kind;
import slipway.services.chat.store.Message;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.text.Times;

/** A user who is in, in a room. */
final class Talk implements Phase {

  private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
  private static final int MOST_HISTORY = 500;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Pattern HISTORY =
      Pattern.compile("(\\d{1,9})?\\s*(?:before\\s+#?(\\d{1,18}))?");

  private final Session session;
  private final Chat chat;
  private final User user;
  private final Moderation moderation;
  private RoomName room;
  private Member member;
  private Question question = Question.NONE;
  private byte[] oldPassword = {};

  /** Up to where another version has shown messages, until this one has gone on from there. */
  private Optional<Long> seenBefore = Optional.empty();

  private boolean slowed;

  /** What the next line answers. */
  private enum Question {
    NONE,
    OLD_PASSWORD,
    NEW_PASSWORD
  }

  /** What has to be known of a user before anything is shown. */
  private record Known(Optional<Mute> mute, Optional<Account> account) {}

  Talk(Session session, Chat chat, User user) {
    this.session = session;
    this.chat = chat;
    this.user = user;
    this.moderation = new Moderation(session, chat, user);
  }

  // ---- coming and going ----------------------------------------------------------------------

  /** Greets, and enters the first room. */
  void begin(boolean registered) {
    session.tell(
        registered
            ? "* Welcome, " + user.name() + ". You are registered. /help shows what you can type."
            : "* Welcome, " + user.name() + ". /help shows what you can type.");
    session.await(
        mute(),
        (mute, failure) -> {
          if (failure == null) {
            user.stored(mute);
            join(chat.settings().get().room());
          } else {
            session.end("* the chat cannot be used now: " + reason(failure, "open the chat"));
          }
        });
  }

  /** The database has to be there once: what is shown and sent from then on follows from it. */
  private CompletionStage<Optional<Mute>> mute() {
    return chat.journal().open().thenCompose(last -> chat.archive().mute(user.id()));
  }

  private EventExecutor loop() {
    return session.context().executor();
  }

  private void join(RoomName next) {
    part(true);
    room = next;
    member = session.member(user);
    Member joined = member;
    long upTo = chat.hall().join(room, user, member, loop(), 0, true);
    session.await(
        chat.archive().arrival(room, upTo, chat.settings().get().historyShown()),
        (arrival, failure) -> {
          if (failure == null) {
            show(arrival);
          } else {
            session.tell("* what was before cannot be shown: " + reason(failure, "read"));
          }
          who(room);
          joined.loaded(chat.settings().get().slowLimit());
        });
  }

  private void show(Arrival arrival) {
    List<String> lines = new ArrayList<>();
    arrival.messages().stream()
        .filter(message -> !user.ignored().containsKey(message.account()))
        .forEach(message -> lines.add("[" + Times.of(message.sent()) + "] " + message.line()));
    if (!lines.isEmpty()) {
      lines.add(0, "* before, in " + room + ":");
      if (arrival.messages().size() == chat.settings().get().historyShown()) {
        lines.add("* more: /history 50 before " + arrival.messages().get(0).id());
      }
    }
    arrival.topic().ifPresent(topic -> lines.add("* " + room + " is about: " + topic));
    session.tell(lines);
  }

  private void part(boolean announced) {
    if (member != null) {
      chat.hall().part(room, user, member, loop(), announced);
      member = null;
    }
  }

  @Override
  public void leave(boolean announced) {
    part(announced);
    chat.hall().leave(user, session);
  }

  // ---- hand-off ------------------------------------------------------------------------------

  @Override
  public Map<String, Object> state() {
    Account account = user.account();
    Map<String, Object> state = new HashMap<>();
    state.put("chat", chat.hall().id());
    state.put("account", account.id());
    state.put("name", account.name().toString());
    state.put("role", account.role().name());
    state.put("created", account.created());
    state.put("nick", user.name().toString());
    state.put("away", user.away());
    state.put("ignored", new HashMap<>(user.ignored()));
    state.put("room", room.text());
    state.put("seen", seenBefore.orElseGet(() -> member == null ? 0L : member.seen()));
    state.put("question", question.name());
    state.put("oldPassword", oldPassword);
    return state;
  }

  /** Goes on where another version was. */
  static void resume(Session session, Chat chat, Map<String, Object> state) {
    Account account =
        new Account(
            (Long) state.get("account"),
            AccountName.of((String) state.get("name")),
            Role.valueOf((String) state.get("role")),
            (Instant) state.get("created"),
            Optional.empty(),
            Optional.empty());
    // who is in stays in, however many there may be now
    User user = chat.hall().enter(account, session, Integer.MAX_VALUE).user();
    if (user == null) {
      throw new IllegalStateException("somebody else is known as " + account.name());
    }
    chat.hall().rename(user, AccountName.of((String) state.get("nick")));
    user.away((String) state.get("away"));
    ((Map<?, ?>) state.get("ignored"))
        .forEach((id, name) -> user.ignored().put((Long) id, (String) name));
    Talk talk = session.talk(user);
    talk.room = RoomName.of((String) state.get("room"));
    talk.seenBefore = Optional.of((Long) state.get("seen"));
    if (state.get("question") instanceof String asked) {
      talk.question = Question.valueOf(asked);
      talk.oldPassword = (byte[]) state.get("oldPassword");
    }
    talk.comeBack(!chat.hall().id().equals(state.get("chat")), true);
  }

  /** An account may have changed while neither version could be told. */
  private void comeBack(boolean upgraded, boolean told) {
    session.await(
        mute()
            .thenCombine(
                chat.accounts().find(user.account().name()).thenApply(this::changed), Known::new),
        (known, failure) -> {
          if (isAway(failure)) {
            if (told) {
              session.tell("* the chat goes on when its database is back");
            }
            session.pause(RETRY_NANOS, () -> comeBack(upgraded, false));
          } else if (failure != null) {
            session.end("* the chat cannot be used now: " + reason(failure, "open the chat"));
          } else if (known.account().isEmpty()) {
            session.end(Session.REMOVED);
          } else if (known.account().get().banAt(chat.clock().instant()).isPresent()) {
            session.end(Session.banned(known.account().get().ban().orElseThrow()));
          } else {
            user.stored(known.mute());
            goOn(upgraded);
          }
        });
  }

  /** In the accounts' thread, so that a later change is not undone. */
  private Optional<Account> changed(Optional<Account> found) {
    Optional<Account> mine = found.filter(account -> account.id() == user.id());
    mine.ifPresent(chat.hall()::changed);
    return mine;
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof DatabaseAway
        || failure instanceof AccountException && failure.getCause() instanceof DatabaseAway;
  }

  private void goOn(boolean upgraded) {
    member = session.member(user);
    long upTo = chat.hall().join(room, user, member, loop(), seenBefore.orElseThrow(), false);
    goOn(upTo, upgraded);
  }

  private void goOn(long upTo, boolean upgraded) {
    Member joined = member;
    session.await(
        chat.archive().between(room, seenBefore.orElseThrow(), upTo),
        (missed, failure) -> {
          if (isAway(failure)) {
            session.pause(RETRY_NANOS, () -> goOn(upTo, upgraded));
            return;
          }
          seenBefore = Optional.empty();
          if (failure == null) {
            session.tell(
                missed.stream()
                    .filter(message -> !user.ignored().containsKey(message.account()))
                    .map(Message::line)
                    .toList());
          } else {
            session.tell("* what you missed cannot be shown: " + reason(failure, "read"));
          }
          if (upgraded) {
            session.tell("* the chat was upgraded to " + session.hosted().version());
          }
          joined.loaded(chat.settings().get().slowLimit());
        });
  }

  // ---- lines ---------------------------------------------------------------------------------

  @Override
  public boolean isSecret() {
    return question != Question.NONE;
  }

  @Override
  public void line(byte[] bytes) {
    if (question != Question.NONE) {
      session.answered();
      answer(bytes);
      return;
    }
    String text = PlainText.of(bytes);
    if (text.startsWith("/") && !text.startsWith("//")) {
      int space = text.indexOf(' ');
      command(
          bytes,
          text.substring(1, space < 0 ? text.length() : space),
          space < 0 ? "" : text.substring(space + 1).strip());
    } else if (!text.isEmpty()) {
      say(bytes, Kind.SAID, text.startsWith("//") ? text.substring(1) : text);
    }
  }

  private void command(byte[] line, String word, String rest) {
    Command command = Command.of(word).orElse(null);
    if (command == null) {
      session.tell("* there is no /" + PlainText.atMost(word, 32) + "; /help shows what there is");
    } else if (command.isForOperators()) {
      moderation.execute(command, rest);
    } else if (!command.isPaced() || isInTime(line, chat.settings().get())) {
      switch (command) {
        case HELP -> help();
        case WHO -> whoIn(rest);
        case ROOMS -> rooms();
        case JOIN -> joinNamed(rest);
        case LEAVE -> joinNamed(chat.settings().get().room().text());
        case MSG -> tell(line, rest);
        case ME -> does(line, rest);
        case HISTORY -> history(rest);
        case TOPIC -> topic(rest);
        case NICK -> nick(rest);
        case AWAY -> away(rest);
        case IGNORE -> ignore(rest);
        case PASSWORD -> password();
        case QUIT -> session.end("* goodbye");
        default -> throw new AssertionError(command);
      }
    }
  }

  private void usage(Command command) {
    session.tell("* it is " + command.usage());
  }

  private void help() {
    session.tell(
        Arrays.stream(Command.values())
            .filter(command -> user.isOperator() || !command.isForOperators())
            .map(Command::explained)
            .toList());
  }

  /** What was not done, for the user; what the user cannot know goes to the log. */
  private String reason(Throwable failure, String what) {
    if (failure instanceof DatabaseAway || failure instanceof AccountException) {
      return failure.getMessage();
    }
    LOG.warn("connection {}: cannot {}", session.connection(), what, failure);
    return "the host's log says why";
  }

  // ---- messages ------------------------------------------------------------------------------

  private void does(byte[] line, String text) {
    if (text.isEmpty()) {
      usage(Command.ME);
    } else {
      say(line, Kind.DID, text);
    }
  }

  private void say(byte[] line, Kind kind, String text) {
    ChatSettings settings = chat.settings().get();
    if (!mayTalk()) {
      return;
    }
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > settings.messageLength()) {
      session.tell(
          "* not sent: a message has at most "
              + settings.messageLength()
              + " bytes, this one has "
              + length);
      return;
    }
    if (!isInTime(line, settings)) {
      return;
    }
    Draft draft =
        new Draft(room, user.id(), user.name().toString(), kind, text, session.connection());
    session.await(
        chat.journal().post(draft),
        (message, failure) -> {
          if (failure != null) {
            session.tell("* not sent: " + reason(failure, "store a message"));
          }
        });
  }

  private boolean mayTalk() {
    Instant now = chat.clock().instant();
    Instant settled = user.account().created().plus(chat.settings().get().newMute());
    if (settled.isAfter(now) && !user.isOperator()) {
      session.tell("* not sent: who is new may talk from " + Times.of(settled) + " on");
      return false;
    }
    Optional<Mute> mute = user.muteAt(now);
    mute.ifPresent(
        held ->
            session.tell(
                "* not sent: you may not talk until "
                    + Times.of(held.until())
                    + PlainText.because(held.reason())));
    return mute.isEmpty();
  }

  /** Whoever writes too fast is told once, and read as slowly as it may go on. */
  private boolean isInTime(byte[] line, ChatSettings settings) {
    long early = chat.hall().early(user, settings.messageBurst(), settings.messageRate());
    if (early == 0) {
      slowed &= session.hasMore();
      return true;
    }
    if (!slowed) {
      session.tell(
          "* slowly: "
              + settings.messageRate()
              + " messages a second are sent on; the others wait");
    }
    slowed = true;
    session.retry(line, Math.max(early, TimeUnit.MILLISECONDS.toNanos(1)));
    return false;
  }

  private void tell(byte[] line, String rest) {
    int space = rest.indexOf(' ');
    if (space < 0) {
      usage(Command.MSG);
      return;
    }
    String text = rest.substring(space + 1).strip();
    AccountName name = name(rest.substring(0, space));
    ChatSettings settings = chat.settings().get();
    if (name == null || !mayTalk()) {
      return;
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > settings.messageLength()) {
      session.tell("* not sent: a message has at most " + settings.messageLength() + " bytes");
      return;
    }
    if (!isInTime(line, settings)) {
      return;
    }
    Optional<String> away = chat.hall().tell(name, user.id(), user.name() + " (to you): " + text);
    if (away.isEmpty()) {
      session.tell("* " + name + " is not here");
    } else {
      session.tell("you (to " + name + "): " + text);
      away.filter(why -> !why.isEmpty())
          .ifPresent(why -> session.tell("* " + name + " is away: " + why));
    }
  }

  private AccountName name(String text) {
    try {
      return AccountName.of(text);
    } catch (IllegalArgumentException noName) {
      session.tell("* " + noName.getMessage());
      return null;
    }
  }

  // ---- rooms ---------------------------------------------------------------------------------

  private RoomName roomName(String text) {
    try {
      return RoomName.of(text);
    } catch (IllegalArgumentException noRoom) {
      session.tell("* " + noRoom.getMessage());
      return null;
    }
  }

  private void whoIn(String rest) {
    RoomName asked = rest.isEmpty() ? room : roomName(rest);
    if (asked != null) {
      who(asked);
    }
  }

  private void who(RoomName asked) {
    List<String> names = chat.hall().who(asked);
    session.tell("* in " + asked + ": " + (names.isEmpty() ? "nobody" : String.join(", ", names)));
  }

  private void rooms() {
    session.tell(
        chat.hall().rooms().stream()
            .map(each -> "* " + each.name() + ": " + each.users())
            .toList());
  }

  private void joinNamed(String text) {
    if (text.isEmpty()) {
      usage(Command.JOIN);
      return;
    }
    RoomName next = roomName(text);
    if (next != null && next.equals(room)) {
      session.tell("* you are in " + room);
    } else if (next != null) {
      join(next);
    }
  }

  private void history(String rest) {
    Matcher matcher = HISTORY.matcher(rest);
    if (!matcher.matches()) {
      usage(Command.HISTORY);
      return;
    }
    int count =
        matcher.group(1) == null
            ? chat.settings().get().historyShown()
            : Integer.parseInt(matcher.group(1));
    long before = matcher.group(2) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    session.await(
        chat.archive().latest(room, before - 1, Math.min(count, MOST_HISTORY)),
        (messages, failure) -> {
          if (failure != null) {
            session.tell("* " + reason(failure, "read the history"));
          } else if (messages.isEmpty()) {
            session.tell("* there is nothing before");
          } else {
            session.tell(
                messages.stream()
                    .filter(message -> !user.ignored().containsKey(message.account()))
                    .map(
                        message ->
                            "#"
                                + message.id()
                                + " ["
                                + Times.of(message.sent())
                                + "] "
                                + message.line())
                    .toList());
          }
        });
  }

  private void topic(String text) {
    RoomName about = room;
    if (text.isEmpty()) {
      session.await(
          chat.archive().topic(about),
          (topic, failure) ->
              session.tell(
                  failure != null
                      ? "* " + reason(failure, "read a topic")
                      : topic
                          .map(known -> "* " + about + " is about: " + known)
                          .orElse("* nobody has said what " + about + " is about")));
      return;
    }
    if (!mayTalk()) {
      return;
    }
    String topic = PlainText.atMost(text, 4 * PlainText.LONGEST_NOTE);
    session.await(
        chat.archive().setTopic(about, topic, user.name().toString()),
        (done, failure) -> {
          if (failure == null) {
            chat.hall().notice(about, "* " + user.name() + " says what it is about: " + topic, 0);
          } else {
            session.tell("* " + reason(failure, "set a topic"));
          }
        });
  }

  // ---- oneself -------------------------------------------------------------------------------

  private void nick(String text) {
    AccountName next = text.isEmpty() ? user.account().name() : name(text);
    if (next == null || !text.isEmpty() && !mayTalk()) {
      return;
    }
    session.await(
        chat.accounts().find(next),
        (holder, failure) -> {
          if (failure != null) {
            session.tell("* " + reason(failure, "look a name up"));
          } else if (holder.filter(account -> account.id() != user.id()).isPresent()
              || chat.hall().accountOf(next).filter(id -> id != user.id()).isPresent()
              || !rename(next)) {
            session.tell("* " + next + " is somebody else's name");
          }
        });
  }

  private boolean rename(AccountName next) {
    AccountName before = user.name();
    if (!chat.hall().rename(user, next)) {
      return false;
    }
    chat.hall().notice(room, "* " + before + " is known as " + next + " now", 0);
    return true;
  }

  private void away(String text) {
    user.away(PlainText.atMost(text, PlainText.LONGEST_NOTE));
    session.tell(text.isEmpty() ? "* you are back" : "* you are away: " + user.away());
  }

  private void ignore(String text) {
    if (text.isEmpty()) {
      session.tell(
          user.ignored().isEmpty()
              ? "* you ignore nobody"
              : "* you ignore " + String.join(", ", user.ignored().values()));
      return;
    }
    AccountName whom = name(text);
    if (whom == null) {
      return;
    }
    Optional<Long> on = chat.hall().accountOf(whom);
    if (on.isPresent()) {
      toggle(whom, on.get());
      return;
    }
    session.await(
        chat.accounts().find(whom),
        (account, failure) -> {
          if (failure != null) {
            session.tell("* " + reason(failure, "look a name up"));
          } else if (account.isEmpty()) {
            session.tell("* there is no " + whom);
          } else {
            toggle(whom, account.get().id());
          }
        });
  }

  private void toggle(AccountName whom, long id) {
    if (id == user.id()) {
      session.tell("* you cannot ignore yourself");
    } else if (user.ignored().remove(id) != null) {
      session.tell("* you hear " + whom + " again");
    } else if (user.ignored().size() >= MOST_HISTORY) {
      session.tell("* you ignore as many as you can");
    } else {
      user.ignored().put(id, whom.toString());
      session.tell("* you ignore " + whom + "; /ignore " + whom + " ends that");
    }
  }

  private void password() {
    question = Question.OLD_PASSWORD;
    session.ask("Password until now: ", true);
  }

  private void answer(byte[] bytes) {
    if (question == Question.OLD_PASSWORD) {
      oldPassword = bytes;
      question = Question.NEW_PASSWORD;
      session.ask("New password: ", true);
    } else {
      byte[] old = oldPassword;
      oldPassword = new byte[0];
      question = Question.NONE;
      change(old, bytes);
    }
  }

  private void change(byte[] old, byte[] next) {
    session.await(
        chat.accounts().changePassword(user.id(), old, next),
        (changed, failure) ->
            session.tell(
                failure != null
                    ? "* not changed: " + reason(failure, "change a password")
                    : changed
                        ? "* your password is changed"
                        : "* not changed: that is not your password"));
  }
}
