package slipway.admin;

import java.util.Locale;
import java.util.Optional;

/**
 * The state that an operator gives a service. The ordinal numbers are those of {@code libctl}.
 *
 * <pre>
 *              bundle                            new connections   open connections
 *  LOADED      started by the first connection,  taken             kept
 *              stopped when the last one ends
 *  LOCKED      stopped                           refused           closed at once
 *  WAITLOCKED  active while users remain,        refused           kept
 *              then the state becomes LOCKED
 *  FIXED       active                            taken             kept
 * </pre>
 */
public enum ServiceState {
  /** On demand. */
  LOADED,
  /** Out of use. */
  LOCKED,
  /** Going out of use as its users leave. */
  WAITLOCKED,
  /** Always there. */
  FIXED;

  /** The number by which {@code libctl} knows the state. */
  public int code() {
    return ordinal();
  }

  /** Whether new connections are taken. */
  public boolean admits() {
    return this == LOADED || this == FIXED;
  }

  /**
   * The state with this number or name.
   *
   * @param text a number, or a name in any case
   * @return empty if there is no such state
   */
  public static Optional<ServiceState> parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    for (ServiceState state : values()) {
      if (state.name().equals(name) || Integer.toString(state.code()).equals(name)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
