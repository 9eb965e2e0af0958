package slipway.services.chat.text;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Takes telnet's commands (RFC 854) out of what arrives, and answers none of them: a client that
 * gets no answer goes on as it began. They begin with a byte that UTF-8 never has.
 */
public final class TelnetFilter extends ChannelInboundHandlerAdapter {

  /** What hides what is typed: IAC WILL ECHO (RFC 857). */
  public static final byte[] ECHO_OFF = {(byte) 255, (byte) 251, 1};

  /** What shows it again: IAC WONT ECHO. */
  public static final byte[] ECHO_ON = {(byte) 255, (byte) 252, 1};

  private static final byte IAC = (byte) 255;
  private static final byte WILL = (byte) 251;
  private static final byte DONT = (byte) 254;
  private static final byte SB = (byte) 250;
  private static final byte SE = (byte) 240;

  /** Where in a command the last byte was. */
  private enum State {
    TEXT,
    /** Behind an IAC. */
    COMMAND,
    /** Behind WILL, WONT, DO or DONT. */
    OPTION,
    /** Within IAC SB … IAC SE. */
    NEGOTIATION,
    /** Behind an IAC within that. */
    NEGOTIATION_COMMAND
  }

  private State state = State.TEXT;

  /**
   * Makes the filter of a connection.
   *
   * @param within what {@link #within} of another version's filter was; empty at the beginning
   */
  public TelnetFilter(String within) {
    for (State each : State.values()) {
      if (each.name().equals(within)) {
        state = each;
      }
    }
  }

  /** Where in a command the next byte will be. */
  public String within() {
    return state.name();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (state == State.TEXT && bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), IAC) < 0) {
      context.fireChannelRead(bytes);
      return;
    }
    int kept = bytes.readerIndex();
    for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
      byte value = bytes.getByte(i);
      if (isText(value)) {
        bytes.setByte(kept++, value);
      }
    }
    bytes.writerIndex(kept);
    if (bytes.isReadable()) {
      context.fireChannelRead(bytes);
    } else {
      bytes.release();
    }
  }

  private boolean isText(byte value) {
    switch (state) {
      case TEXT -> {
        if (value != IAC) {
          return true;
        }
        state = State.COMMAND;
      }
      case COMMAND ->
          state =
              value == SB
                  ? State.NEGOTIATION
                  : value >= WILL && value <= DONT ? State.OPTION : State.TEXT;
      case OPTION -> state = State.TEXT;
      case NEGOTIATION -> state = value == IAC ? State.NEGOTIATION_COMMAND : State.NEGOTIATION;
      case NEGOTIATION_COMMAND -> state = value == SE ? State.TEXT : State.NEGOTIATION;
      default -> throw new AssertionError(state);
    }
    return false;
  }
}
