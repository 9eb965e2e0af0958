package slipway.services.chat.session;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.channel.ChannelHandlerContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.MessageCodec;
import slipway.services.chat.line.LineQueue;
import slipway.services.chat.line.Screen;
import slipway.services.chat.room.Member;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.TelnetFilter;
import slipway.services.chat.user.Device;
import slipway.services.chat.user.Entry;
import slipway.services.chat.user.User;

/**
 * A connection's stay with this version of the chat, in its event loop.
 *
 * <p>What comes in is taken by its phase, one line after the other; so whoever pastes a book is
 * read as slowly as it is sent on. How far it is says its {@link Stay}.
 */
final class Session implements LineQueue.Taker {

  private static final int LAST_LINE_SECONDS = 10;

  private final Chat chat;
  private final Connection connection;
  private final ChannelHandlerContext context;
  private final TelnetFilter telnet;
  private final MessageCodec codec;
  private final LineQueue lines;
  private final Screen screen;
  private final Device device;
  private Stay stay = Stay.NEW;

  /** Null while it is new, and if it was never let in. */
  private Phase phase;

  /** Closes the connection when its time is over; null if there is no such time. */
  private Future<?> deadline;

  /** What the host was promised last; null if it has asked for nothing. */
  private CompletableFuture<Handed> givingUp;

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
    this.telnet = telnet;
    this.codec = codec;
    this.lines = new LineQueue(context.executor(), this);
    this.screen = new Screen(context, telnet, codec);
    this.device = new Terminal(this, chat);
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

  void execute(Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException theHostEnds) {
      // nobody is left to be told
    }
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
      stay = stay.to(Stay.LEFT); // what was asked for on its behalf comes to nothing
      cancel();
      throw refused;
    }
    chat.doors().admit(connection.remoteAddress());
    execute(lines::next); // what fails then is no failed take-up
  }

  /** Not for long, without an account. */
  private void enter(Entrance entrance) {
    begin(entrance);
    long time = chat.settings().get().loginTimeout().toNanos();
    deadline =
        context.executor().schedule(() -> end("* you did not log in in time"), time, NANOSECONDS);
  }

  private void begin(Phase next) {
    phase = next;
    if (stay == Stay.NEW) {
      stay = stay.to(Stay.SERVED);
    }
  }

  /**
   * Somebody has logged in, and is in the hall or was refused there.
   *
   * @param at when, as the hall tells the time
   */
  void enter(Entry entry, boolean registered, long at) {
    switch (entry) {
      case Entry.Entered in -> talk(in.user()).begin(registered, at);
      case Entry.TooManyDevices tooMany ->
          end("* you are here too often already; leave elsewhere first");
    }
  }

  /** From now on, what comes in is talk. */
  Talk talk(User user) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    connection.idleTimeout(chat.settings().get().idleTimeout());
    Talk talk = new Talk(this, chat, user);
    begin(talk);
    return talk;
  }

  /** This connection as a member of a room. */
  Member member(User user) {
    return screen.member(user, connection.id(), this::tooSlow);
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

  /** Who has sent everything is served to the end: {@code printf … | nc -N} says all its lines. */
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

  /** Whoever does not read the answers is not answered more. */
  @Override
  public boolean isReady() {
    return isServed() && context.channel().isWritable();
  }

  @Override
  public boolean isThere() {
    return !stay.isOver();
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
    } else if (isGivingUp() && !lines.isBusy()) {
      execute(this::giveUpNow); // behind what is on its way to its room, as a notice of its own
    } else if (isServed() && lines.isServed()) {
      finish();
    } else {
      boolean read = !lines.hasMore() && context.channel().isWritable();
      if (context.channel().config().isAutoRead() != read) {
        context.channel().config().setAutoRead(read);
      }
    }
  }

  // ---- going ---------------------------------------------------------------------------------

  /** The host closes the connection, or will. */
  void goesAway(GoingAway news) {
    if (news.last()) {
      end(Goodbye.of(news));
    } else if (stay != Stay.NEW) { // else it is taken over this moment, and hears of it if it stays
      screen.tell(Goodbye.of(news));
    }
  }

  /** More waits to be read than may. */
  void tooSlow() {
    end("* you read too slowly: more waits for you than may");
  }

  /** Shows a last line and closes the connection, unless it is over. */
  void end(String line) {
    if (isThere()) {
      stay = stay.ended(); // nothing comes behind the last line
      screen.tell(line);
      finish();
    }
  }

  private void finish() {
    stop();
    connection.finish();
    // for one that does not read the last line
    deadline = context.executor().schedule(() -> context.close(), LAST_LINE_SECONDS, SECONDS);
  }

  private void stop() {
    stay = stay.ended();
    lines.clear();
    cancel();
    if (givingUp != null) {
      givingUp.completeExceptionally(new IllegalStateException("it is being closed"));
    }
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
    }
    lines.interrupt();
  }

  /** The channel is closed. */
  void closed() {
    stay = stay.ended();
    cancel();
    leave();
  }

  /** Once, when nothing of this session is under way. */
  private void leave() {
    if (stay == Stay.ENDED && !lines.isBusy()) {
      leave(Stay.LEFT, true);
    }
  }

  /** The handler is taken out: without having been asked, the session is not to be here. */
  void takenOut() {
    if (isServed() || isGivingUp()) {
      leave(Stay.LEFT, false);
    }
  }

  private void leave(Stay last, boolean announced) {
    stay = stay.to(last);
    cancel();
    chat.doors().leave(connection.remoteAddress());
    phase.leave(announced);
  }

  // ---- hand-off ------------------------------------------------------------------------------

  /**
   * Gives the connection up as soon as nothing of it is under way, such as a log-in whose password
   * is being looked at; lines that come until then are given up with it. A pause is not waited for.
   *
   * @throws IllegalStateException if it is about to be closed
   */
  CompletionStage<Handed> giveUp() {
    if (!isServed() && !isGivingUp()) {
      throw new IllegalStateException("it is being closed");
    }
    if (isServed()) {
      stay = stay.to(Stay.GIVING_UP);
    }
    CompletableFuture<Handed> given = new CompletableFuture<>();
    givingUp = given;
    lines.interrupt();
    lines.next();
    return given;
  }

  private boolean isServed() {
    return stay == Stay.SERVED || stay == Stay.GIVING_UP && !isGivingUp();
  }

  private boolean isGivingUp() {
    if (stay == Stay.GIVING_UP && givingUp.isDone()) { // the host has given up waiting
      stay = stay.to(Stay.SERVED);
    }
    return stay == Stay.GIVING_UP;
  }

  /** Whether another version has the connection. */
  boolean isGivenUp() {
    return stay == Stay.GIVEN_UP;
  }

  private void giveUpNow() {
    if (!isThere()) {
      return;
    }
    if (!isGivingUp()) {
      lines.next();
      return;
    }
    if (phase instanceof Talk talk && talk.hasOldPassword()) {
      end(Goodbye.PASSWORD_CHANGED); // it was asked to, and has not heard of it yet
      return;
    }
    Map<String, Object> given = new HashMap<>(phase.state());
    given.putAll(codec.state());
    given.putAll(lines.state());
    given.put("telnet", telnet.state());
    given.put("undecoded", codec.undecoded());
    leave(Stay.GIVEN_UP, false); // nobody is told that anybody has left
    givingUp.complete(Handed.of(given));
  }
}
