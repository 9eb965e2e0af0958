package slipway.services.admin;

/**
 * What a client asks for.
 *
 * @param kind what it is
 * @param text a command line, the text to complete, or why the request is refused
 * @param endsWithNul whether it ended with NUL, as the reply then does
 */
record Request(Kind kind, String text, boolean endsWithNul) {

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
}
