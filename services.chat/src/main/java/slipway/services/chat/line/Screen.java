package slipway.services.chat.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import slipway.message.MessageCodec;
import slipway.service.Delimiter;
import slipway.services.chat.room.Backlog;
import slipway.services.chat.room.LastDay;
import slipway.services.chat.room.Member;
import slipway.services.chat.text.TelnetFilter;
import slipway.services.chat.user.User;

/**
 * What a connection's user reads. It has two ways out: answers go through the codec, and the lines
 * of a room, which are encoded already, go out behind it. Confined to the connection's event loop.
 */
public final class Screen {

  /** What Netty adds to each line that waits, and the delimiter. */
  private static final int LINE_OVERHEAD = 128;

  private final ChannelHandlerContext answers;
  private final ChannelHandlerContext encoded;
  private final TelnetFilter telnet;
  private final MessageCodec codec;
  private final Backlog backlog;
  private final LastDay lastDay = new LastDay();

  /**
   * Makes it, for a connection whose filter and codec stand before the session.
   *
   * @param session where the session stands
   * @param tooSlow called once if more waits to be read than may; nothing of others is shown after
   */
  public Screen(
      ChannelHandlerContext session, TelnetFilter telnet, MessageCodec codec, Runnable tooSlow) {
    this.answers = session;
    this.encoded = session.pipeline().context(codec);
    this.telnet = telnet;
    this.codec = codec;
    this.backlog = new Backlog(session.channel(), tooSlow);
  }

  /** Shows a line, behind those that were held back. */
  public void tell(String line) {
    backlog.writeHeld();
    write(line);
  }

  private void write(String line) {
    answers.writeAndFlush(line, answers.voidPromise());
  }

  /** Answers with lines, however many: they are not held against a slow connection. */
  public void tell(List<String> lines) {
    long bytes = 0;
    for (String line : lines) {
      bytes += ByteBufUtil.utf8Bytes(line) + LINE_OVERHEAD;
    }
    backlog.writeHeld();
    backlog.asked(bytes);
    for (String line : lines) {
      answers.write(line, answers.voidPromise());
    }
    answers.flush();
  }

  /** Shows a question that is answered on the same line, except to a program. */
  public void ask(String question, boolean hidden) {
    ByteBuf text = Unpooled.buffer(question.length() + 8);
    text.writeCharSequence(question, StandardCharsets.UTF_8);
    if (codec.delimiter() == Delimiter.NUL) {
      text.writeByte(0);
    }
    backlog.writeHeld();
    telnet.send(text, hidden && isTelnet());
  }

  /** A hidden answer is there. */
  public void answered() {
    if (isTelnet()) {
      telnet.send(Delimiter.CRLF.bytes(), false);
    }
  }

  /** Those who send both are terminals of telnet; {@code nc} sends a line feed alone. */
  private boolean isTelnet() {
    return codec.delimiter() == Delimiter.CRLF;
  }

  /**
   * Shows a line that another user has caused.
   *
   * @param limit bytes that may wait
   */
  public void show(String line, long limit) {
    if (backlog.admits(limit)) {
      write(line);
    } else {
      backlog.hold(() -> write(line), () -> {});
    }
  }

  /** Shows at once what is held until the transport has had its turn. */
  public void catchUp() {
    backlog.writeHeld();
  }

  /** Nothing that others cause is shown any more. */
  public void end() {
    backlog.giveUp();
  }

  /** The day that was told last. */
  public LastDay lastDay() {
    return lastDay;
  }

  /** The connection as a member of a room. */
  public Member member(User user, long connection) {
    return new Member(user, connection, encoded, codec.delimiter(), backlog, lastDay);
  }
}
