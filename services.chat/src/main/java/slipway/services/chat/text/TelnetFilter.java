package slipway.services.chat.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import slipway.service.Delimiter;

/**
 * Takes telnet's commands (RFC 854, 855) out of what arrives and answers them, and makes one line
 * end of all that terminals send.
 *
 * <ul>
 *   <li>Each DO and WILL is refused, as there is no option but ECHO, which is offered to hide a
 *       password. WONT and DONT are acknowledged only if they change something (RFC 1143), so two
 *       sides never answer each other for ever. DO TIMING-MARK is answered by WILL each time (RFC
 *       860): a client whose user has interrupted it shows nothing until then.
 *   <li>AYT is answered by a line.
 *   <li>IAC IAC is the byte 255. An IAC before a byte that is no command is the byte 255, too, as
 *       in text of an older character set, and the byte behind it stays.
 *   <li>A subnegotiation is left out. Its length is bounded: what comes behind that is text. A
 *       command in it ends it.
 * </ul>
 *
 * <p>Any split of the same bytes has the same result. What has none of these is passed as it is and
 * is not copied. The answers to what was read at once leave together, and they are not longer than
 * a few times that; a client that does not read them makes the channel unwritable, and is not read.
 */
public final class TelnetFilter extends ChannelInboundHandlerAdapter {

  /** Bytes of a subnegotiation; a client whose options are refused has no reason for one. */
  static final int LONGEST_SUBNEGOTIATION = 1024;

  private static final byte[] PRESENT = "* yes\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte IAC = (byte) 255;

  /** The first of the commands: EOF, of RFC 1184. */
  private static final int FIRST_COMMAND = 236;

  private static final int AYT = 246;
  private static final int SB = 250;
  private static final int WILL = 251;
  private static final int WONT = 252;
  private static final int DO = 253;
  private static final int DONT = 254;
  private static final int ECHO = 1;
  private static final int TIMING_MARK = 6;

  /** Where in a command the last byte was. */
  private enum State {
    TEXT,
    /** Behind an IAC. */
    COMMAND,
    WILL,
    WONT,
    DO,
    DONT,
    /** Within IAC SB … IAC SE. */
    NEGOTIATION,
    /** Behind an IAC within that. */
    NEGOTIATION_COMMAND
  }

  private final LineEnds ends;
  private final EchoOption echo;
  private State state = State.TEXT;

  /** Bytes of the subnegotiation that have come. */
  private int negotiated;

  /** Bytes that come first and have passed another version's filter. */
  private int passed;

  /** To what is read just now; null if there is none. */
  private ByteBuf answers;

  private ChannelHandlerContext context;

  /**
   * Makes the filter of a connection.
   *
   * @param known what ends the connection's messages; null if that is not known
   * @param left what {@link #state} of another version's filter was; empty, or something that is
   *     not known, is the beginning
   * @param passed bytes that come first and have passed that filter
   */
  public TelnetFilter(Delimiter known, String left, int passed) {
    String[] parts = left.split(" ");
    for (State each : State.values()) {
      if (each.name().equals(parts[0])) {
        state = each;
      }
    }
    boolean whole = parts.length == 4 && parts[2].matches("\\d{1,4}");
    this.ends = new LineEnds(known, whole && parts[1].equals("CR"));
    this.negotiated = whole ? Integer.parseInt(parts[2]) : 0;
    this.echo = new EchoOption(whole ? parts[3] : "");
    this.passed = passed;
  }

  /** What another version needs to continue, in the middle of a command as well. */
  public String state() {
    return String.join(
        " ",
        state.name(),
        ends.isAfterReturn() ? "CR" : "-",
        Integer.toString(negotiated),
        echo.state());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  // ---- what goes out -------------------------------------------------------------------------

  /**
   * Has the terminal hide what is typed behind a text, or show it again from that text on.
   *
   * @param text sent; released
   */
  public void send(ByteBuf text, boolean hides) {
    sendAnswers(); // what was decided before is said before, or a refusal would undo the offer
    ByteBuf out = text;
    if (echo.change(hides)) {
      ByteBuf change = context.alloc().buffer(3);
      say(change, hides ? WILL : WONT, ECHO);
      out = hides ? Unpooled.wrappedBuffer(text, change) : Unpooled.wrappedBuffer(change, text);
    }
    context.writeAndFlush(out, context.voidPromise());
  }

  private static void say(ByteBuf out, int what, int option) {
    out.writeByte(IAC).writeByte(what).writeByte(option);
  }

  private ByteBuf answers() {
    if (answers == null) {
      answers = context.alloc().buffer();
    }
    return answers;
  }

  private void sendAnswers() {
    if (answers != null) {
      ByteBuf all = answers;
      answers = null;
      context.writeAndFlush(all, context.voidPromise());
    }
  }

  // ---- what comes in -------------------------------------------------------------------------

  @Override
  public void channelRead(ChannelHandlerContext read, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (passed > 0) {
      int before = Math.min(passed, bytes.readableBytes());
      passed -= before;
      read.fireChannelRead(bytes.readRetainedSlice(before));
    }
    if (!bytes.isReadable()) {
      bytes.release();
    } else if (isText(bytes) && ends.pass(bytes)) {
      read.fireChannelRead(bytes);
    } else {
      pass(read, filtered(bytes));
    }
  }

  private boolean isText(ByteBuf bytes) {
    return state == State.TEXT && bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), IAC) < 0;
  }

  private ByteBuf filtered(ByteBuf bytes) {
    ByteBuf text = context.alloc().buffer(bytes.readableBytes() + 1);
    int from = bytes.readerIndex();
    while (bytes.isReadable()) {
      take(bytes.readByte(), text);
    }
    bytes.setZero(from, bytes.writerIndex() - from); // there may be a password in it
    bytes.release();
    return text;
  }

  private void pass(ChannelHandlerContext read, ByteBuf text) {
    if (text.isReadable()) {
      read.fireChannelRead(text);
    } else {
      text.release();
    }
    sendAnswers(); // behind what the text leads to: a timing mark says that it was taken
  }

  private void take(byte value, ByteBuf text) {
    switch (state) {
      case TEXT -> {
        if (value == IAC) {
          state = State.COMMAND;
        } else {
          ends.take(value, text);
        }
      }
      case COMMAND -> command(value & 0xff, text);
      case WILL, WONT, DO, DONT -> option(value & 0xff);
      case NEGOTIATION -> negotiate(value, text);
      case NEGOTIATION_COMMAND -> {
        if (value == IAC) {
          state = State.NEGOTIATION;
          negotiated++;
        } else {
          command(value & 0xff, text);
        }
      }
    }
  }

  private void command(int value, ByteBuf text) {
    state =
        switch (value) {
          case SB -> State.NEGOTIATION;
          case WILL -> State.WILL;
          case WONT -> State.WONT;
          case DO -> State.DO;
          case DONT -> State.DONT;
          default -> State.TEXT;
        };
    negotiated = 0;
    if (value == AYT) {
      answers().writeBytes(PRESENT);
    } else if (value == 255) {
      ends.take(IAC, text);
    } else if (value < FIRST_COMMAND) {
      ends.take(IAC, text);
      ends.take((byte) value, text);
    }
  }

  private void option(int option) {
    State asked = state;
    state = State.TEXT;
    switch (asked) {
      case WILL -> say(answers(), DONT, option);
      case DO -> {
        if (option == TIMING_MARK) {
          say(answers(), WILL, option);
        } else if (option != ECHO || echo.isRefusedWhenAsked()) {
          say(answers(), WONT, option);
        }
      }
      case DONT -> {
        if (option == ECHO && echo.isEndedWhenForbidden()) {
          say(answers(), WONT, option);
        }
      }
      default -> {} // WONT: nothing was on
    }
  }

  private void negotiate(byte value, ByteBuf text) {
    if (value == IAC) {
      state = State.NEGOTIATION_COMMAND;
    } else if (negotiated < LONGEST_SUBNEGOTIATION) {
      negotiated++;
    } else {
      state = State.TEXT;
      negotiated = 0;
      ends.take(value, text);
    }
  }
}
