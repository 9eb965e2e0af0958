package slipway.services.chat.session;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.channel.ChannelHandlerContext;
import slipway.message.MessageCodec;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.services.chat.line.LineQueue;
import slipway.services.chat.line.Screen;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.TelnetFilter;
import slipway.services.chat.user.Device;
import slipway.services.chat.user.User;

/**
 * A connection's stay with this version of the chat, in its event loop.
 *
 * <p>What comes in is taken by its phase, one line after the other; so whoever pastes a book is
 * read as slowly as it is sent on. How far it is says its {@link Progress}.
 */
final class Session implements LineQueue.Taker {

  private static final int LAST_LINE_SECONDS = 10;

  private final Chat chat;
  private final Connection connection;
  private final ChannelHandlerContext context;
  private final LineQueue lines;
  private final Screen screen;
  private final Device device;
  private final HandOff handOff;
  private final Deadline deadline;
  private final Progress progress = new Progress();

  /** Null while it is new, and if it was never let in. */
  private Phase phase;

  /**
   * Makes it, new.
   *
   * @param context where its handler stands, behind the filter and the codec
   */
  Session(
      Chat chat,
      Connection connection,
      ChannelHandlerContext context,
      TelnetFilter telnet,
      MessageCodec codec) {
    this.chat = chat;
    this.connection = connection;
    this.context = context;
    this.lines = new LineQueue(context.executor(), this);
    this.screen = new Screen(context, telnet, codec, this::tooSlow);
    this.deadline = new Deadline(context.executor());
    this.device = new Terminal(this, chat);
    this.handOff = new HandOff(this, progress, telnet, codec);
  }

  LineQueue lines() {
    return lines;
  }

  Screen screen() {
    return screen;
  }

  Device device() {
    return device;
  }

  Connection hosted() {
    return connection;
  }

  ChannelHandlerContext context() {
    return context;
  }

  HandOff handOff() {
    return handOff;
  }

  /** Null while it is new, and if it was never let in. */
  Phase phase() {
    return phase;
  }

  /** Whether another version has the connection. */
  boolean isGivenUp() {
    return progress.isGivenUp();
  }

  // ---- coming --------------------------------------------------------------------------------

  /** The connection is new. */
  void welcome() {
    if (chat.doors()
        .enter(connection.remoteAddress(), chat.settings().get().addressConnections())) {
      enter(new Entrance(this, chat));
      lines.next();
    } else {
      end("* there are too many connections from your address");
    }
  }

  /**
   * Goes on where another version was.
   *
   * @param given what that one gave
   * @throws RuntimeException if that cannot be; the session has left nothing behind then
   */
  void takeUp(Handed given) {
    lines.resume(given);
    try {
      if (Passport.isIn(given)) {
        Resumption.begin(this, chat, given);
      } else {
        Entrance entrance = new Entrance(this, chat, given);
        enter(entrance);
        entrance.goOn();
      }
    } catch (RuntimeException | Error refused) {
      progress.leave(); // what was asked for on its behalf comes to nothing
      cancel();
      throw refused;
    }
    chat.doors().admit(connection.remoteAddress());
    lines.execute(lines::next); // what fails then is no failed take-up
  }

  /** Not for long, without an account. */
  private void enter(Entrance entrance) {
    phase = entrance;
    progress.begin();
    long time = chat.settings().get().loginTimeout().toNanos();
    deadline.set(time, NANOSECONDS, () -> end("* you did not log in in time"));
  }

  /** From now on, what comes in is talk. */
  Talk talk(User user) {
    deadline.cancel();
    connection.idleTimeout(chat.settings().get().idleTimeout());
    Talk talk = new Talk(this, chat, user);
    phase = talk;
    progress.begin();
    return talk;
  }

  // ---- what comes in -------------------------------------------------------------------------

  /** Whether a line may hold a password. */
  boolean isSecret() {
    return phase != null && phase.isSecret();
  }

  /** A line has come. */
  void line(byte[] line) {
    if (isThere()) {
      lines.add(line);
      lines.next();
    }
  }

  /** A client that has sent everything is served to the end: {@code printf … | nc -N} works. */
  void inputEnded() {
    lines.complete();
    lines.next();
  }

  /** More may be written than before, or less. */
  void goOn() {
    if (isThere()) {
      lines.next();
    }
  }

  /** A client that does not read its answers gets no more of them. */
  @Override
  public boolean isReady() {
    return progress.isServed() && context.channel().isWritable();
  }

  @Override
  public boolean isThere() {
    return progress.isThere();
  }

  @Override
  public void take(byte[] line) {
    phase.line(line);
  }

  /** The host closes the connection, and says why in its log. */
  @Override
  public void failed(Throwable failure) {
    stop();
    context.fireExceptionCaught(failure);
  }

  @Override
  public void settled() {
    if (!isThere()) {
      if (!context.channel().isActive()) {
        leave();
      }
    } else if (progress.isGivingUp() && !lines.isBusy()) {
      lines.execute(
          handOff::finish); // behind what is on its way to its room, as a notice of its own
    } else if (progress.isServed() && lines.isServed()) {
      finish();
    } else {
      connection.reads(!lines.hasMore() && context.channel().isWritable());
    }
  }

  // ---- going ---------------------------------------------------------------------------------

  /** The host closes the connection, or will. */
  void goesAway(GoingAway news) {
    if (news.last()) {
      end(Goodbye.of(news));
    } else if (!progress.isNew()) { // one that is new hears of it if it stays
      screen.tell(Goodbye.of(news));
    }
  }

  /** More waits to be read than may. */
  private void tooSlow() {
    end("* you read too slowly: too much waits for you");
  }

  /** Shows a last line and closes the connection, unless it is over. */
  void end(String line) {
    if (isThere()) {
      progress.end(); // nothing comes behind the last line
      screen.tell(line);
      screen.end();
      finish();
    }
  }

  private void finish() {
    stop();
    connection.finish();
    // for one that does not read the last line
    deadline.set(LAST_LINE_SECONDS, SECONDS, context::close);
  }

  private void stop() {
    progress.end();
    lines.clear();
    cancel();
    progress.breakPromise();
  }

  private void cancel() {
    deadline.cancel();
    lines.interrupt();
  }

  /** The channel is closed. */
  void closed() {
    progress.end();
    screen.end();
    cancel();
    leave();
  }

  /** Once, when nothing of this session is under way. */
  private void leave() {
    if (progress.isEnded() && !lines.isBusy()) {
      progress.leave();
      leave(true);
    }
  }

  /** The handler is taken out: without having been asked, the session is not to be here. */
  void takenOut() {
    if (progress.isIn()) {
      progress.leave();
      leave(false);
    }
  }

  /**
   * Takes out of the chat what is in it.
   *
   * @param announced whether others are told
   */
  void leave(boolean announced) {
    cancel();
    chat.doors().leave(connection.remoteAddress());
    phase.leave(announced);
  }
}
