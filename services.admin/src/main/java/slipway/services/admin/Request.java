package slipway.services.admin;

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
 */
record Request(
    Kind kind, String text, boolean asked, boolean told, boolean endsWithNul, boolean program) {

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
