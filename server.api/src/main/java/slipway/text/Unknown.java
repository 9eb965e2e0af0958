package slipway.text;

/** What becomes of what only some readers can see in a text. */
public enum Unknown {
  /**
   * What nobody else can know (private use, noncharacters, halves of a pair) becomes U+FFFD, so
   * that a reader sees that something was there. A flag of a region keeps its tags: for text that
   * is shown at once.
   */
  REPLACED,
  /**
   * What nobody else can know is left out, and of a flag of a region the black flag stays alone:
   * for text that is kept and shown in several places, such as a reason.
   */
  LEFT_OUT
}
