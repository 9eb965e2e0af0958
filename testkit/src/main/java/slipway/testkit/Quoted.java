package slipway.testkit;

/** Bytes in a failure's message. */
final class Quoted {

  /** How many characters of a text are shown. */
  static final int MOST = 200;

  private Quoted() {}

  /** As a reader can tell what is in it, and not longer than a line or two. */
  static String of(String bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int index = 0; index < Math.min(bytes.length(), MOST); index++) {
      char one = bytes.charAt(index);
      switch (one) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '"', '\\' -> text.append('\\').append(one);
        default -> text.append(one < ' ' || one > '~' ? "\\x%02x".formatted((int) one) : one);
      }
    }
    return text.append(bytes.length() > MOST ? "…\"" : "\"").toString();
  }
}
