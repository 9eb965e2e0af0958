package slipway.server.core.connection;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import slipway.service.Delimiter;

/**
 * Reads a client's first message, however it is cut, and no byte behind it. Telnet's commands
 * before and within the name are left out, and options that the client offers or asks for are
 * refused (RFC 854, RFC 1143); those behind the name are the service's. Belongs to the connection's
 * event loop.
 */
final class RequestReader {

  /** Length of a name, in bytes, above which a request is refused. */
  static final int MAX_NAME = 64;

  /** Bytes of telnet's commands above which a request is refused. */
  static final int MAX_TELNET = 512;

  private static final int IAC = 255;
  private static final int DONT = 254;
  private static final int DO = 253;
  private static final int WONT = 252;
  private static final int WILL = 251;
  private static final int SB = 250;
  private static final int SE = 240;

  private enum State {
    TEXT,
    RETURN,
    COMMAND,
    OPTION,
    PARAMETERS,
    COMMAND_IN_PARAMETERS
  }

  private final ByteArrayOutputStream name = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private State state = State.TEXT;
  private int verb;
  private int telnet;

  /** What was sent is no request for a service; the message says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Reads on.
   *
   * @return null while the request is not complete; all bytes are read then
   * @throws Refused if it cannot become one
   */
  ServiceRequest read(ByteBuf in) throws Refused {
    while (in.isReadable()) {
      int value = in.readUnsignedByte();
      if (state == State.COMMAND && value < SE) {
        state = State.TEXT; // the 255 began no command, and takes no byte along
      }
      if (state == State.RETURN) {
        if (value != '\n' && value != 0) {
          in.readerIndex(in.readerIndex() - 1); // the CR alone was the end
        }
        return request(Delimiter.CRLF);
      } else if (state != State.TEXT) {
        command(value);
      } else if (value == '\n' || value == 0) {
        return request(value == 0 ? Delimiter.NUL : Delimiter.LF);
      } else if (value == '\r') {
        state = State.RETURN;
      } else if (value == IAC) {
        state = State.COMMAND;
        countTelnet();
      } else {
        text(value);
      }
    }
    return null;
  }

  /** What the client is to be told about its options; empty if there is nothing new. */
  byte[] takeAnswer() {
    byte[] taken = answer.toByteArray();
    answer.reset();
    return taken;
  }

  private void text(int value) throws Refused {
    name.write(value);
    boolean tooLong = name.size() > MAX_NAME;
    boolean mayBeginTls = name.size() == 1 && value == OtherProtocol.TLS_HANDSHAKE;
    if (tooLong || value < ' ' && !mayBeginTls) { // the end of such a name may never come
      refuseOther();
    }
    if (tooLong) {
      throw new Refused("the name of a service has at most " + MAX_NAME + " bytes");
    }
  }

  private void command(int value) throws Refused {
    countTelnet();
    switch (state) {
      case COMMAND -> begin(value);
      case OPTION -> {
        refuse(value);
        state = State.TEXT;
      }
      case PARAMETERS -> state = value == IAC ? State.COMMAND_IN_PARAMETERS : State.PARAMETERS;
      default -> state = value == SE ? State.TEXT : State.PARAMETERS;
    }
  }

  private void begin(int value) throws Refused {
    if (value == SB) {
      state = State.PARAMETERS;
    } else if (value >= WILL && value <= DONT) {
      verb = value;
      state = State.OPTION;
    } else {
      state = State.TEXT;
      if (value == IAC) {
        text(value); // twice, it is the byte itself
      }
    }
  }

  private void refuse(int option) {
    if (verb == WILL || verb == DO) {
      answer.write(IAC);
      answer.write(verb == WILL ? DONT : WONT);
      answer.write(option);
    }
  }

  private void countTelnet() throws Refused {
    telnet++;
    if (telnet > MAX_TELNET) {
      throw new Refused(
          "more than " + MAX_TELNET + " bytes of telnet options were sent before a service's name");
    }
  }

  private ServiceRequest request(Delimiter delimiter) throws Refused {
    refuseOther();
    return new ServiceRequest(name.toString(StandardCharsets.UTF_8), delimiter);
  }

  private void refuseOther() throws Refused {
    String other = OtherProtocol.of(name.toByteArray());
    if (other != null) {
      throw new Refused(other);
    }
  }
}
