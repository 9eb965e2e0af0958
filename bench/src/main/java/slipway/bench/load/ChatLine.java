package slipway.bench.load;

import java.nio.ByteBuffer;

/**
 * A message of the chat that says which it is: who sends it, which of the sender's messages it is,
 * and when it was due, in decimal digits, and letters that depend on all three. One of these reads
 * lines one after the other.
 */
final class ChatLine {

  private static final int MEMBER = 5;
  private static final int NUMBER = 8;
  private static final int DUE = 20;

  /** What is sent, without the line's end. */
  private static final int CONTENT = 64;

  /** The sender's name, a colon and a space. */
  private static final int HEAD = 1 + MEMBER + 2;

  /** Length of a message as it is shown, without the line's end. */
  static final int LENGTH = HEAD + CONTENT;

  private int member;
  private int number;
  private long due;

  /** The name of a member. */
  static String name(int member) {
    return String.format("m%0" + MEMBER + "d", member);
  }

  /** Writes what a member sends, with the line's end. */
  static void put(ByteBuffer out, int member, int number, long due) {
    digits(out, MEMBER, member);
    digits(out, NUMBER, number);
    digits(out, DUE, due);
    for (int i = MEMBER + NUMBER + DUE; i < CONTENT; i++) {
      out.put(letter(member, number, due, i));
    }
    out.put((byte) '\n');
  }

  private static void digits(ByteBuffer out, int count, long value) {
    int at = out.position();
    long rest = value;
    for (int i = count - 1; i >= 0; i--) {
      out.put(at + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    out.position(at + count);
  }

  private static byte letter(int member, int number, long due, int at) {
    return (byte) ('a' + (int) ((member + number + due + at) % 26));
  }

  /**
   * Reads a line as it is shown.
   *
   * @param from where it begins
   * @param to where it ends, without the line's end
   * @return whether it is a message in which everything fits together
   */
  boolean read(byte[] bytes, int from, int to) {
    if (to - from != LENGTH
        || bytes[from] != 'm'
        || bytes[from + HEAD - 2] != ':'
        || bytes[from + HEAD - 1] != ' ') {
      return false;
    }
    int content = from + HEAD;
    long name = value(bytes, from + 1, MEMBER);
    long sender = value(bytes, content, MEMBER);
    long own = value(bytes, content + MEMBER, NUMBER);
    due = value(bytes, content + MEMBER + NUMBER, DUE);
    if (name < 0 || sender != name || own < 0 || due < 0) {
      return false;
    }
    member = (int) sender;
    number = (int) own;
    for (int i = MEMBER + NUMBER + DUE; i < CONTENT; i++) {
      if (bytes[content + i] != letter(member, number, due, i)) {
        return false;
      }
    }
    return true;
  }

  private static long value(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** Who sent the line that was read. */
  int member() {
    return member;
  }

  /** Which of its sender's messages it is, from 0. */
  int number() {
    return number;
  }

  /** When it was due, in nanoseconds since the load began. */
  long due() {
    return due;
  }
}
