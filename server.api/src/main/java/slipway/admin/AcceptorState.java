package slipway.admin;

import java.util.Locale;
import java.util.Optional;

/** The state of an acceptor. The ordinal numbers are those of {@code acserv}. */
public enum AcceptorState {
  /** Its port is released and the acceptor is gone. */
  CLOSE,
  /** Accepts connections. */
  START,
  /** Holds its port and accepts no clients; they wait in the backlog. */
  STOP;

  /** The number by which {@code acserv} knows the state. */
  public int code() {
    return ordinal();
  }

  /**
   * The state with this number or name.
   *
   * @param text a number, or a name in any case
   * @return empty if there is no such state
   */
  public static Optional<AcceptorState> parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    for (AcceptorState state : values()) {
      if (state.name().equals(name) || Integer.toString(state.code()).equals(name)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
