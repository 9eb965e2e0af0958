package slipway.bots.attack;

import java.util.Locale;

/** The attacks, and what a server may do about each. */
public enum Attack {
  /** A packet that is longer than one may be. */
  TOO_LONG("too long", Answer.CLOSES),
  /** A packet without payload, of which not even the type can be read. */
  EMPTY("empty", Answer.CLOSES),
  /** A packet with another code. */
  WRONG_CODE("wrong code", Answer.CLOSES),
  /** A packet whose last byte was changed on the way. */
  WRONG_CHECKSUM("wrong checksum", Answer.CLOSES),
  /** Random bytes. */
  GARBAGE("garbage", Answer.CLOSES),
  /** Half a packet, and then silence. */
  HALF("half a packet", Answer.AS_IT_LIKES),
  /** A right packet, one byte after the other. */
  BYTE_BY_BYTE("byte by byte", Answer.ANSWERS),
  /** Right packets, as fast as they are taken. */
  FLOOD("flood", Answer.AS_IT_LIKES),
  /** The same, and no answer is read. */
  NEVER_READS("never reads", Answer.AS_IT_LIKES),
  /** A connection without a packet. */
  IDLE("idle", Answer.AS_IT_LIKES),
  /** Connections that are closed or reset at once. */
  STORM("connect storm", Answer.AS_IT_LIKES);

  /** What the server has to do. */
  enum Answer {
    /** It closes the connection. */
    CLOSES,
    /** It answers: what comes slowly is right all the same. */
    ANSWERS,
    /** It may close the connection, or slow it down, or bear it. */
    AS_IT_LIKES
  }

  private final String title;
  private final Answer answer;

  Attack(String title, Answer answer) {
    this.title = title;
    this.answer = answer;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** For scripts, such as {@code wrongCode}. */
  String key() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder key = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i], 1, words[i].length());
    }
    return key.toString();
  }

  Answer answer() {
    return answer;
  }
}
