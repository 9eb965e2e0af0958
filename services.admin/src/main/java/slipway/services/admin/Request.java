package slipway.services.admin;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param kind what it is
 * @param text a command line, the text to complete, or why the request is refused
 * @param asked whether the client answers when the command asks it
 * @param told whether the client is told what the command waits for
 * @param endsWithNul whether it ended with NUL, as the reply then does
 * @param program whether it began with {@link #PROGRAM}; then the client is told that the host
 *     lives
 * @param folder where the client is; empty if it has not said so
 */
record Request(
    Kind kind,
    String text,
    boolean asked,
    boolean told,
    boolean endsWithNul,
    boolean program,
    Optional<Path> folder) {

  /** SOH before a request: the absolute path of the folder that the client is in, up to a NUL. */
  static final char FOLDER = '\u0001';

  /** STX at the beginning of a request: only NUL ends it, and line ends in it are data. */
  static final char PROGRAM = '\u0002';

  /** SYN anywhere in a reply to a program: the command still runs; text has none. */
  static final char ALIVE = '\u0016';

  /** At the end of a request: complete the text. */
  static final char COMPLETE = '\t';

  /** ENQ at the end of a request: the client can be asked. */
  static final char ASK = '\u0005';

  /** ACK at the end of a program's request: the client can be asked, and told as well. */
  static final char TELL = '\u0006';

  /** CAN in place of an answer: there is none. */
  static final String NO_ANSWER = "\u0018";

  Request(
      Kind kind, String text, boolean asked, boolean told, boolean endsWithNul, boolean program) {
    this(kind, text, asked, told, endsWithNul, program, Optional.empty());
  }

  enum Kind {
    /** Run a command line. */
    COMMAND,
    /** Complete the last word of a text. */
    COMPLETION,
    /** Nothing that could be understood; the next request may be. */
    REFUSED,
    /** Nothing that could be understood, and nothing behind it can be. */
    LAST
  }

  /** The same request of a client that is somewhere. */
  Request in(Path place) {
    return new Request(kind, text, asked, told, endsWithNul, program, Optional.of(place));
  }

  /** The request as an answer to what the client was asked. */
  String answer() {
    return kind == Kind.COMPLETION
        ? text + COMPLETE
        : told ? text + TELL : asked ? text + ASK : text;
  }

  /** Without the text, which may be a password. */
  @Override
  public String toString() {
    return "Request[" + kind + "]";
  }
}
