package slipway.services.chat.text;

/**
 * Whether this side shows what the other one types: telnet's option ECHO (RFC 857), which is
 * offered to hide a password, and withdrawn behind it. A change that this side makes is answered
 * once; all else that comes is a demand (RFC 1143). Answers come in the order of the changes.
 */
final class EchoOption {

  private boolean on;
  private int unanswered;

  /** Switched off, with nothing under way. */
  EchoOption() {}

  /**
   * As another version left it.
   *
   * @param state what {@link #state} was; anything else counts as off
   */
  EchoOption(String state) {
    int colon = state.indexOf(':');
    if (state.matches("(on|off):\\d{1,9}")) {
      on = state.startsWith("on");
      unanswered = Integer.parseInt(state.substring(colon + 1));
    }
  }

  /** What another version needs to continue. */
  String state() {
    return (on ? "on:" : "off:") + unanswered;
  }

  /**
   * Changes it.
   *
   * @return whether that has to be said
   */
  boolean change(boolean now) {
    if (on == now) {
      return false;
    }
    on = now;
    unanswered++;
    return true;
  }

  /**
   * The other side says DO.
   *
   * @return whether it is to be refused
   */
  boolean isRefusedWhenAsked() {
    if (unanswered > 0) {
      if (isNextAnOffer()) {
        unanswered--;
      }
      return false;
    }
    return !on;
  }

  /**
   * The other side says DONT.
   *
   * @return whether it is off by that, which is to be acknowledged
   */
  boolean isEndedWhenForbidden() {
    if (unanswered > 0) {
      // an offer that is declined is not withdrawn in the other side's eyes: no answer to that
      unanswered -= isNextAnOffer() && unanswered > 1 ? 2 : 1;
      if (unanswered == 0 && on) {
        on = false; // declined
      }
      return false;
    }
    boolean ended = on;
    on = false;
    return ended;
  }

  /** Offers and withdrawals alternate, and the last one made it what it is now. */
  private boolean isNextAnOffer() {
    return (unanswered % 2 == 1) == on;
  }
}
