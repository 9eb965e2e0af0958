package slipway.services.chat.session;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import slipway.message.MessageCodec;
import slipway.service.Handed;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.TelnetFilter;

/** How a session is given to another version. In the connection's event loop. */
final class HandOff {

  private final Session session;
  private final Progress progress;
  private final TelnetFilter telnet;
  private final MessageCodec codec;

  HandOff(Session session, Progress progress, TelnetFilter telnet, MessageCodec codec) {
    this.session = session;
    this.progress = progress;
    this.telnet = telnet;
    this.codec = codec;
  }

  /**
   * Gives the connection up as soon as nothing of it is under way, such as a log-in whose password
   * is being looked at; lines that come until then are given up with it. A pause is not waited for.
   *
   * @throws IllegalStateException if it is about to be closed
   */
  CompletionStage<Handed> begin() {
    CompletionStage<Handed> promise = progress.promise();
    session.lines().interrupt();
    session.lines().next();
    return promise;
  }

  /** Nothing is under way any more. */
  void finish() {
    if (!progress.isThere()) {
      return;
    }
    if (!progress.isGivingUp()) {
      session.lines().next();
      return;
    }
    if (session.phase() instanceof Talk talk && talk.hasOldPassword()) {
      session.end(Goodbye.PASSWORD_CHANGED); // it was asked to, and has not heard of it yet
      return;
    }
    session.screen().catchUp(); // what is shown here is not shown there
    Map<String, Object> given = new HashMap<>(session.phase().state());
    given.putAll(codec.state());
    given.putAll(session.lines().state());
    given.put("telnet", telnet.state());
    given.put("undecoded", codec.undecoded());
    progress.giveUp();
    session.leave(false); // others are not told that the user has left
    progress.keep(Handed.of(given));
  }
}
