package slipway.services.chat.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.LogIn;
import slipway.account.Origin;
import slipway.service.Handed;
import slipway.services.chat.door.Doors;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.OtherProtocol;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.user.Entry;
import slipway.services.chat.user.User;

/** A client that has not logged in yet. */
final class Entrance implements Phase {

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
  private static final int LONGEST_PAUSE_SECONDS = 16;
  private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Session session;
  private final Chat chat;
  private AccountName name;
  private int failures;
  private int refusals;

  /** Whether a question waits for an answer that is not shown. */
  private boolean hidden;

  /** Why the last attempt was refused, during the pause after it; else null. */
  private String refusal;

  /** The user who is in the hall already, but has not begun to talk; else null. */
  private volatile User entered;

  /**
   * How an attempt ended.
   *
   * @param entry whether the hall let its user in; null if it was not asked
   * @param at when it was answered, as the hall tells the time
   */
  private record Attempt(LogIn answer, Entry entry, long at) {}

  /** For a new connection, which is greeted. */
  Entrance(Session session, Chat chat) {
    this(session, chat, Handed.nothing());
    session
        .screen()
        .tell(
            chat.settings().get().registration()
                ? "* Welcome. Your name, or your name and password? A new name is registered."
                : "* Welcome. Your name, or your name and password?");
  }

  /**
   * For a connection that is taken up.
   *
   * @param given what another version gave
   */
  Entrance(Session session, Chat chat, Handed given) {
    this.session = session;
    this.chat = chat;
    this.failures = (int) given.number("failures").orElse(0);
    this.refusals = (int) given.number("refusals").orElse(failures);
    this.name = given.text("name").map(AccountName::of).orElse(null);
    this.hidden = name != null;
    this.refusal = given.text("refusal").orElse(null);
  }

  /** Begins what another version had begun. */
  void goOn() {
    if (refusal != null) {
      pause();
    }
  }

  @Override
  public boolean isSecret() {
    return true;
  }

  @Override
  public void line(byte[] bytes) {
    if (name != null) {
      if (hidden) {
        hidden = false;
        session.screen().answered();
      }
      logIn(bytes);
      return;
    }
    Optional<String> other = OtherProtocol.of(bytes);
    if (other.isPresent()) {
      Arrays.fill(bytes, (byte) 0);
      chat.strangers().note(session.hosted().remoteAddress(), other.get());
      session.end("* " + other.get() + " is not spoken here");
      return;
    }
    int begin = 0;
    while (begin < bytes.length && bytes[begin] == ' ') {
      begin++;
    }
    int space = begin;
    while (space < bytes.length && bytes[space] != ' ') {
      space++;
    }
    String word = PlainText.of(Arrays.copyOfRange(bytes, begin, space));
    if (word.isEmpty()) {
      return;
    }
    try {
      name = AccountName.of(word);
    } catch (IllegalArgumentException noName) {
      Arrays.fill(bytes, (byte) 0);
      failures++;
      refuse(noName.getMessage());
      return;
    }
    if (space == bytes.length) {
      hidden = true;
      session.screen().ask("Password: ", true);
    } else {
      byte[] password = Arrays.copyOfRange(bytes, space + 1, bytes.length);
      Arrays.fill(bytes, (byte) 0);
      logIn(password);
    }
  }

  private void logIn(byte[] password) {
    ChatSettings settings = chat.settings().get();
    Doors.Try begun =
        chat.doors()
            .beginLogIn(
                session.hosted().remoteAddress(),
                name,
                settings.addressTries(),
                settings.nameTries(),
                settings.addressLogIns());
    switch (begun.verdict()) {
      case OPEN -> compare(begun, password, settings);
      case LATER -> session.lines().retry(password, LATER_NANOS);
      case ADDRESS_SHUT ->
          shut("* too many wrong passwords came from your address; try again later", password);
      case TOO_OFTEN ->
          shut("* too many log-ins came from your address; try again later", password);
      case NAME_SHUT ->
          shut("* too many wrong passwords were tried for this name; try again later", password);
    }
  }

  private void shut(String line, byte[] password) {
    Arrays.fill(password, (byte) 0);
    session.end(line);
  }

  /** The try is ended in the accounts' thread, so that it counts even if the client hangs up. */
  private void compare(Doors.Try begun, byte[] password, ChatSettings settings) {
    session
        .lines()
        .await(
            chat.accounts()
                .logIn(name, password, settings.registration(), Origin.of(session.hosted()))
                .whenComplete((answer, failure) -> count(begun, answer))
                .thenApply(this::enterHall),
            this::answered);
  }

  private static void count(Doors.Try begun, LogIn answer) {
    switch (answer) {
      case null -> begun.dropped();
      case LogIn.Entered in -> begun.right();
      case LogIn.Banned banned -> begun.right();
      case LogIn.WrongPassword wrong -> begun.wrong();
      case LogIn.Unknown unknown -> begun.wrong();
    }
  }

  /** In the accounts' thread, so that no ban and no removal comes in between. */
  private Attempt enterHall(LogIn answer) {
    long now = chat.hall().now();
    if (!(answer instanceof LogIn.Entered in)) {
      return new Attempt(answer, null, now);
    }
    Entry entry =
        chat.hall().enter(in.account(), session.device(), chat.settings().get().userConnections());
    entered = entry instanceof Entry.Entered it ? it.user() : null;
    return new Attempt(answer, entry, now);
  }

  private void answered(Attempt attempt, Throwable failure) {
    AccountName asked = name;
    name = null;
    LogIn answer = attempt == null ? null : attempt.answer();
    if (failure instanceof AccountException told) {
      refuse(PlainText.of(told.getMessage())); // it may have the reason of a ban in it
    } else if (failure != null) {
      LOG.warn("connection {}: {} could not log in", session.hosted().id(), asked, failure);
      session.screen().tell("* that did not work; the host's log says why");
    } else if (answer instanceof LogIn.Entered in) {
      entered(attempt, in.registered());
    } else if (answer instanceof LogIn.Banned banned) {
      session.end(Goodbye.banned(banned.ban()));
    } else {
      failures++;
      refuse("wrong name or password");
    }
  }

  private void entered(Attempt attempt, boolean registered) {
    switch (attempt.entry()) {
      case Entry.Entered in -> session.talk(in.user()).begin(registered, attempt.at());
      case Entry.TooManyDevices tooMany ->
          session.end("* you have too many connections already; close one of them first");
    }
  }

  /** After a pause that grows, even over new connections, so that guessing takes long. */
  private void refuse(String why) {
    refusals = Math.max(refusals + 1, chat.doors().refused(session.hosted().remoteAddress()));
    refusal = why;
    pause();
  }

  private void pause() {
    String why = refusal;
    long seconds = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(refusals - 1, 10));
    session
        .lines()
        .pause(
            TimeUnit.SECONDS.toNanos(seconds),
            () -> {
              refusal = null;
              if (failures >= chat.settings().get().loginTries()) {
                session.end("* " + why + "; that was the last try; goodbye");
              } else {
                session.screen().tell("* " + why + "; your name?");
              }
            });
  }

  @Override
  public void leave(boolean announced) {
    if (entered != null) { // the connection went while the password was looked at
      chat.hall().users().leave(entered, session.device());
    }
  }

  @Override
  public Map<String, Object> state() {
    Map<String, Object> state = new HashMap<>();
    state.put("failures", failures);
    state.put("refusals", refusals);
    if (name != null) {
      state.put("name", name.toString());
    }
    if (refusal != null) {
      state.put("refusal", refusal);
    }
    return state;
  }
}
