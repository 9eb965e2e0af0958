package slipway.services.chat.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.LogIn;
import slipway.services.chat.text.PlainText;

/** Somebody who has not logged in yet. */
final class Entrance implements Phase {

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
  private static final int LONGEST_PAUSE_SECONDS = 16;

  private final Session session;
  private final Chat chat;
  private AccountName name;
  private int failures;

  /** For a new connection, which is greeted. */
  Entrance(Session session, Chat chat) {
    this(session, chat, Map.of());
    session.tell(
        chat.settings().get().registration()
            ? "* Welcome. Your name, or your name and password? A new name is registered."
            : "* Welcome. Your name, or your name and password?");
  }

  /**
   * For a connection that is taken up.
   *
   * @param state what another version gave
   */
  Entrance(Session session, Chat chat, Map<String, Object> state) {
    this.session = session;
    this.chat = chat;
    this.failures = state.get("failures") instanceof Integer count ? count : 0;
    this.name = state.get("name") instanceof String text ? AccountName.of(text) : null;
  }

  @Override
  public boolean isSecret() {
    return true;
  }

  @Override
  public void line(byte[] bytes) {
    if (name != null) {
      session.answered();
      logIn(bytes);
      return;
    }
    int space = 0;
    while (space < bytes.length && bytes[space] != ' ') {
      space++;
    }
    String word = PlainText.of(Arrays.copyOf(bytes, space));
    if (word.isEmpty()) {
      return;
    }
    try {
      name = AccountName.of(word);
    } catch (IllegalArgumentException noName) {
      Arrays.fill(bytes, (byte) 0);
      refuse(noName.getMessage());
      return;
    }
    if (space == bytes.length) {
      session.ask("Password: ", true);
    } else {
      byte[] password = Arrays.copyOfRange(bytes, space + 1, bytes.length);
      Arrays.fill(bytes, (byte) 0);
      logIn(password);
    }
  }

  private void logIn(byte[] password) {
    ChatSettings settings = chat.settings().get();
    if (!chat.doors().mayTry(session.hosted().remoteAddress(), settings.addressTries())) {
      session.end("* too many wrong passwords came from your address; try again later");
      return;
    }
    boolean nick =
        chat.hall().find(name).filter(user -> !user.account().name().equals(name)).isPresent();
    if (nick) {
      session.tell("* somebody is known as " + name + " now; another name?");
      name = null;
      return;
    }
    session.await(chat.accounts().logIn(name, password, settings.registration()), this::answered);
  }

  private void answered(LogIn answer, Throwable failure) {
    AccountName asked = name;
    name = null;
    if (failure instanceof AccountException told) {
      session.tell("* " + told.getMessage());
    } else if (failure != null) {
      LOG.warn("connection {}: {} could not log in", session.connection(), asked, failure);
      session.tell("* that did not work; the host's log says why");
    } else if (answer instanceof LogIn.Entered entered) {
      session.enter(entered.account(), entered.registered());
    } else if (answer instanceof LogIn.Banned banned) {
      session.end(Session.banned(banned.ban()));
    } else {
      refuse("wrong name or password");
    }
  }

  /** After a pause that grows, so that guessing takes long. */
  private void refuse(String why) {
    failures++;
    chat.doors().failed(session.hosted().remoteAddress());
    long seconds = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(failures - 1, 10));
    session.pause(
        TimeUnit.SECONDS.toNanos(seconds),
        () -> {
          if (failures >= chat.settings().get().loginTries()) {
            session.end("* " + why + ", the last time; goodbye");
          } else {
            session.tell("* " + why + "; your name?");
          }
        });
  }

  @Override
  public void leave(boolean announced) {
    // nobody knows of somebody who has not come in
  }

  @Override
  public Map<String, Object> state() {
    Map<String, Object> state = new HashMap<>();
    state.put("failures", failures);
    if (name != null) {
      state.put("name", name.toString());
    }
    return state;
  }
}
