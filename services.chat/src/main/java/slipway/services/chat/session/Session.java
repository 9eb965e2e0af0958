package slipway.services.chat.session;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import slipway.account.Network;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.MessageCodec;
import slipway.services.chat.room.Backlog;
import slipway.services.chat.room.LastDay;
import slipway.services.chat.room.Member;
import slipway.services.chat.store.Cause;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.TelnetFilter;
import slipway.services.chat.user.Device;
import slipway.services.chat.user.Entry;
import slipway.services.chat.user.User;

/**
 * A connection of the chat, in its event loop.
 *
 * <p>Lines are taken one after the other. One that needs the database, a password's hash or a pause
 * makes the session busy, and those behind it wait: so what a user does happens in its order, and
 * whoever pastes a book is read as slowly as it is sent on.
 */
public final class Session extends SimpleChannelInboundHandler<ByteBuf> implements Device {

  /** What Netty adds to each line that waits, and the delimiter. */
  private static final int LINE_OVERHEAD = 128;

  /** Room for a command before a message. */
  private static final int LONGEST_LINE = ChatSettings.LONGEST_MESSAGE + 64;

  private static final int LAST_LINE_SECONDS = 10;

  private final Chat chat;
  private final Connection connection;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final LastDay lastDay = new LastDay();
  private ChannelHandlerContext context;
  private ChannelHandlerContext out;
  private TelnetFilter telnet;
  private MessageCodec codec;
  private Backlog backlog;
  private Phase phase;
  private boolean taking;
  private boolean busy;
  private boolean inputEnded;
  private boolean ended;
  private boolean left;
  private Future<?> timer;
  private Future<?> deadline;
  private CompletableFuture<Handed> givingUp;
  private boolean givenUp;

  /** What another version gave, until it is taken up; else nothing. */
  private Handed handed;

  private Session(Chat chat, Connection connection, Handed handed) {
    this.chat = chat;
    this.connection = connection;
    this.handed = handed;
  }

  /**
   * Describes a session's handlers. All of them go with their version: what the codec keeps of half
   * a line has passed a filter, and another version is told how much that is.
   *
   * @param handed what another version gave; nothing for a new connection
   */
  public static void describe(Chat chat, Connection connection, Handed handed, Handlers handlers) {
    MessageCodec codec = new MessageCodec(connection, handed, LONGEST_LINE);
    handlers
        .add("telnet", () -> telnet(codec, handed))
        .add("codec", () -> codec)
        .add("session", () -> new Session(chat, connection, handed));
  }

  private static TelnetFilter telnet(MessageCodec codec, Handed handed) {
    return new TelnetFilter(
        codec.known().orElse(null),
        handed.text("telnet").orElse(""),
        (int) handed.number("undecoded").orElse(0));
  }

  /**
   * Takes the connection up, if it is not new.
   *
   * @throws RuntimeException if that cannot be; the session has left nothing behind then
   */
  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    ChannelPipeline pipeline = added.pipeline();
    telnet = pipeline.get(TelnetFilter.class);
    codec = pipeline.get(MessageCodec.class);
    backlog = new Backlog(added.channel());
    out = pipeline.context(MessageCodec.class);
    Handed given = handed;
    handed = Handed.nothing(); // it may have a password in it
    if (!given.isEmpty()) {
      takeUp(given);
      execute(this::next); // what fails then is no failed take-up
    }
  }

  /** It is taken out without having been asked: the connection is not to be this version's. */
  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    if (!ended && phase != null) {
      leaveQuietly();
    }
  }

  /** The connection is new. */
  @Override
  public void channelActive(ChannelHandlerContext active) {
    welcome();
    active.fireChannelActive();
  }

  private void welcome() {
    if (chat.doors()
        .enter(connection.remoteAddress(), chat.settings().get().addressConnections())) {
      stay(new Entrance(this, chat));
      next();
    } else {
      left = true; // it was not counted
      end("* there are too many connections from your address");
    }
  }

  private void takeUp(Handed given) {
    if (given.toMap().get("waiting") instanceof Collection<?> lines) {
      lines.stream().filter(byte[].class::isInstance).map(byte[].class::cast).forEach(waiting::add);
    }
    inputEnded = given.flag("inputEnded");
    try {
      enter(given);
    } catch (RuntimeException | Error refused) {
      ended = true; // what was asked for on its behalf comes to nothing
      left = true;
      cancel();
      throw refused;
    }
    chat.doors().admit(connection.remoteAddress());
  }

  private void enter(Handed given) {
    if (Passport.isIn(given)) {
      Resumption.begin(this, chat, given);
    } else {
      Entrance entrance = new Entrance(this, chat, given);
      stay(entrance);
      entrance.goOn();
    }
  }

  /** Not for long, without an account. */
  private void stay(Entrance entrance) {
    phase = entrance;
    deadline =
        context
            .executor()
            .schedule(
                () -> end("* you did not log in in time"),
                chat.settings().get().loginTimeout().toNanos(),
                NANOSECONDS);
  }

  // ---- what comes in -------------------------------------------------------------------------

  @Override
  protected void channelRead0(ChannelHandlerContext read, ByteBuf line) {
    if (ended) {
      return;
    }
    waiting.add(ByteBufUtil.getBytes(line));
    if (phase != null && phase.isSecret()) {
      line.setZero(line.readerIndex(), line.readableBytes());
    }
    next();
  }

  /** Takes lines while it can. One whose answer makes the channel writable again is not left. */
  private void next() {
    if (taking) {
      return;
    }
    taking = true;
    try {
      while (mayTake()) {
        phase.line(waiting.poll());
      }
    } catch (RuntimeException | Error failed) {
      fail(failed);
      return;
    } finally {
      taking = false;
    }
    if (ended) {
      return;
    }
    if (!busy && isGivingUp()) {
      execute(this::giveUpNow); // behind what is on its way to its room, as a notice of its own
    } else if (!busy && inputEnded && waiting.isEmpty()) {
      finish();
    } else {
      boolean read = waiting.isEmpty() && context.channel().isWritable();
      if (context.channel().config().isAutoRead() != read) {
        context.channel().config().setAutoRead(read);
      }
    }
  }

  /** The host closes the connection, and says why in its log. */
  private void fail(Throwable failed) {
    stop();
    context.fireExceptionCaught(failed);
  }

  /** Whoever does not read the answers is not answered more. */
  private boolean mayTake() {
    return phase != null
        && !busy
        && !ended
        && !isGivingUp()
        && !waiting.isEmpty()
        && context.channel().isWritable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    if (!ended) {
      next();
    }
    changed.fireChannelWritabilityChanged();
  }

  /** Who has sent everything is served to the end: {@code printf … | nc -N} says all its lines. */
  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !ended) {
      inputEnded = true;
      next();
    } else if (event instanceof GoingAway news && !ended) {
      goesAway(news);
    } else {
      triggered.fireUserEventTriggered(event);
    }
  }

  private void goesAway(GoingAway news) {
    if (news.last()) {
      end(Goodbye.of(news));
    } else if (phase != null) { // else it is taken over this moment, and hears of it if it stays
      tell(Goodbye.of(news));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      tell("* not sent: a line has at most " + LONGEST_LINE + " bytes");
    } else {
      caught.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    ended = true;
    cancel();
    if (!busy) {
      leave();
    }
    inactive.fireChannelInactive();
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
    }
    if (timer != null) {
      timer.cancel(false);
      timer = null;
      busy = false;
    }
  }

  /** Once, when nothing of this session is under way. */
  private void leave() {
    if (!left) {
      left = true;
      chat.doors().leave(connection.remoteAddress());
      phase.leave(true);
    }
  }

  // ---- what takes time -----------------------------------------------------------------------

  /**
   * Makes the session busy until something is there.
   *
   * @param then told what it is, or why it failed, unless the connection is gone
   */
  <T> void await(CompletionStage<T> stage, BiConsumer<T, Throwable> then) {
    busy = true;
    stage.whenComplete(
        (value, failure) ->
            execute(
                () -> {
                  busy = false;
                  if (!ended) {
                    attempt(() -> then.accept(value, Cause.of(failure)));
                  }
                  goOn();
                }));
  }

  /** Makes the session busy for a while; another version that takes it over begins it anew. */
  void pause(long nanos, Runnable then) {
    busy = true;
    timer =
        context
            .executor()
            .schedule(
                () -> {
                  timer = null;
                  busy = false;
                  attempt(then);
                  goOn();
                },
                nanos,
                NANOSECONDS);
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error failed) { // no handler is called here, which would be heard
      fail(failed);
    }
  }

  /** Takes a line again, later and before all others. */
  void retry(byte[] line, long nanos) {
    waiting.addFirst(line);
    pause(nanos, () -> {});
  }

  /** Whether lines wait behind the one that is taken. */
  boolean hasMore() {
    return !waiting.isEmpty();
  }

  private void goOn() {
    if (ended && !busy && !context.channel().isActive()) {
      leave();
    } else {
      next();
    }
  }

  private void execute(Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException theHostEnds) {
      // nobody is left to be told
    }
  }

  // ---- what goes out -------------------------------------------------------------------------

  @Override
  public long connection() {
    return connection.id();
  }

  @Override
  public boolean isFrom(Network network) {
    return connection.remoteAddress() instanceof InetSocketAddress socket
        && network.contains(socket.getAddress());
  }

  @Override
  public void show(String line) {
    if (!context.executor().inEventLoop()) {
      execute(() -> show(line));
    } else if (givenUp) {
      chat.hall().pass(connection.id(), line, false);
    } else if (ended) {
      return;
    } else if (backlog.isOver(chat.settings().get().slowLimit())) {
      tooSlow();
    } else {
      tell(line);
    }
  }

  @Override
  public void tell(String line, Day day) {
    if (!context.executor().inEventLoop()) {
      execute(() -> tell(line, day));
      return;
    }
    if (day != null && !givenUp && lastDay.turns(day)) {
      show(day.line());
    }
    show(line);
  }

  private void tooSlow() {
    end("* you read too slowly: more waits for you than may");
  }

  /** Answers with a line. */
  void tell(String line) {
    context.writeAndFlush(line, context.voidPromise());
  }

  /** Answers with lines, however many. */
  void tell(List<String> lines) {
    long bytes = 0;
    for (String line : lines) {
      bytes += ByteBufUtil.utf8Bytes(line) + LINE_OVERHEAD;
    }
    backlog.asked(bytes);
    for (String line : lines) {
      context.write(line, context.voidPromise());
    }
    context.flush();
  }

  /** Shows a question that is answered on the same line, except to a program. */
  void ask(String question, boolean hidden) {
    ByteBuf text = Unpooled.buffer(question.length() + 8);
    text.writeCharSequence(question, StandardCharsets.UTF_8);
    if (codec.delimiter() == Delimiter.NUL) {
      text.writeByte(0);
    }
    telnet.send(text, hidden && isTelnet());
  }

  /** A hidden answer is there. */
  void answered() {
    if (isTelnet()) {
      telnet.send(Delimiter.CRLF.bytes(), false);
    }
  }

  /** Those who send both are terminals of telnet; {@code nc} sends a line feed alone. */
  private boolean isTelnet() {
    return codec.delimiter() == Delimiter.CRLF;
  }

  @Override
  public void end(String line) {
    if (!context.executor().inEventLoop()) {
      execute(() -> end(line));
    } else if (givenUp) {
      chat.hall().pass(connection.id(), line, true);
    } else if (!ended) {
      ended = true; // nothing comes behind the last line
      tell(line);
      finish();
    }
  }

  private void stop() {
    ended = true;
    waiting.clear();
    cancel();
    if (isGivingUp()) {
      givingUp.completeExceptionally(new IllegalStateException("it is being closed"));
    }
  }

  private void finish() {
    stop();
    connection.finish();
    // for one that does not read the last line
    deadline = context.executor().schedule(() -> context.close(), LAST_LINE_SECONDS, SECONDS);
  }

  // ---- phases --------------------------------------------------------------------------------

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
    phase = talk;
    return talk;
  }

  /** This connection as a member of a room. */
  Member member(User user) {
    return new Member(
        user, connection.id(), out, codec.delimiter(), backlog, lastDay, this::tooSlow);
  }

  /** The day that this connection was told last. */
  LastDay lastDay() {
    return lastDay;
  }

  Connection hosted() {
    return connection;
  }

  ChannelHandlerContext context() {
    return context;
  }

  // ---- hand-off ------------------------------------------------------------------------------

  /**
   * Gives the connection up as soon as nothing of it is under way, such as a log-in whose password
   * is being looked at; lines that come until then are given up with it. A pause is not waited for.
   *
   * @throws IllegalStateException if it is about to be closed
   */
  public CompletionStage<Handed> giveUp() {
    if (ended || phase == null) {
      throw new IllegalStateException("it is being closed");
    }
    CompletableFuture<Handed> given = new CompletableFuture<>();
    givingUp = given;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
      busy = false;
    }
    next();
    return given;
  }

  private boolean isGivingUp() {
    return givingUp != null && !givingUp.isDone();
  }

  private void giveUpNow() {
    if (ended) {
      return;
    }
    if (!isGivingUp()) { // the host has given up waiting
      next();
      return;
    }
    if (phase instanceof Talk talk && talk.hasOldPassword()) {
      end(Goodbye.PASSWORD_CHANGED); // it was asked to, and has not heard of it yet
      return;
    }
    Map<String, Object> given = new HashMap<>(phase.state());
    given.putAll(codec.state());
    given.put("telnet", telnet.state());
    given.put("undecoded", codec.undecoded());
    given.put("waiting", new ArrayList<>(waiting));
    given.put("inputEnded", inputEnded);
    givenUp = true;
    leaveQuietly();
    givingUp.complete(Handed.of(given));
  }

  /** The connection goes on with another version; nobody is told that anybody has left. */
  private void leaveQuietly() {
    ended = true;
    left = true;
    cancel();
    chat.doors().leave(connection.remoteAddress());
    phase.leave(false);
  }
}
