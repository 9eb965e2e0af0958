package slipway.text;

/** What becomes of the characters that only some readers can see. */
public enum Unknown {
  /**
   * Characters without a public meaning (private use, noncharacters, halves of a pair) become
   * U+FFFD, so that a reader sees that something was there. A flag of a region keeps its tags: for
   * text that is shown at once.
   */
  REPLACED,
  /**
   * Characters without a public meaning are left out, and of a region's flag only the black flag
   * stays: for text that is kept and shown in several places, such as a reason.
   */
  LEFT_OUT
}
