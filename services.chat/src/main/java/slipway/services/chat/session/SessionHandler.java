package slipway.services.chat.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import java.util.concurrent.CompletionStage;
import slipway.message.MessageCodec;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.services.chat.text.TelnetFilter;

/** What a connection's pipeline tells its {@link Session}. In the connection's event loop. */
public final class SessionHandler extends SimpleChannelInboundHandler<ByteBuf> {

  /** Room for a command before a message. */
  private static final int LONGEST_LINE = ChatSettings.LONGEST_MESSAGE + 64;

  private final Chat chat;
  private final Connection connection;

  /** Null until this is in the pipeline. */
  private Session session;

  /** What another version gave, until it is taken up; else nothing. */
  private Handed handed;

  private SessionHandler(Chat chat, Connection connection, Handed handed) {
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
        .add("session", () -> new SessionHandler(chat, connection, handed));
  }

  private static TelnetFilter telnet(MessageCodec codec, Handed handed) {
    return new TelnetFilter(
        codec.known().orElse(null),
        handed.text("telnet").orElse(""),
        (int) handed.number("undecoded").orElse(0));
  }

  /**
   * Gives the connection up, as {@link HandOff#begin} says.
   *
   * @throws IllegalStateException if it is about to be closed
   */
  public CompletionStage<Handed> giveUp() {
    return session.handOff().begin();
  }

  Session session() {
    return session;
  }

  /**
   * Takes the connection up, if it is not new.
   *
   * @throws RuntimeException if that cannot be; the session has left nothing behind then
   */
  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ChannelPipeline pipeline = added.pipeline();
    session =
        new Session(
            chat,
            connection,
            added,
            pipeline.get(TelnetFilter.class),
            pipeline.get(MessageCodec.class));
    Handed given = handed;
    handed = Handed.nothing(); // it may have a password in it
    if (!given.isEmpty()) {
      session.takeUp(given);
    }
  }

  /** The connection is new. */
  @Override
  public void channelActive(ChannelHandlerContext active) {
    session.welcome();
    active.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext read, ByteBuf line) {
    byte[] bytes = ByteBufUtil.getBytes(line);
    if (session.isSecret()) {
      line.setZero(line.readerIndex(), line.readableBytes());
    }
    session.line(bytes);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    session.goOn();
    changed.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    if (event instanceof ChannelInputShutdownEvent && session.isThere()) {
      session.inputEnded();
    } else if (event instanceof GoingAway news && session.isThere()) {
      session.goesAway(news);
    } else {
      triggered.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      session.screen().tell("* not sent: a line has at most " + LONGEST_LINE + " bytes");
    } else {
      caught.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    session.closed();
    inactive.fireChannelInactive();
  }

  /** It is taken out without having been asked: the connection is not to be this version's. */
  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    session.takenOut();
  }
}
