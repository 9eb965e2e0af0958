package slipway.bots.link;

/**
 * What the clients of one event loop have seen. Confined to it; a copy is what others see.
 *
 * @param <T> the tally itself
 */
public interface Tally<T extends Tally<T>> {

  /** Adds what another loop has counted, except for the times. Gives this. */
  T addCounts(T other);

  /** Adds what another loop has counted. Gives this. */
  T add(T other);
}
