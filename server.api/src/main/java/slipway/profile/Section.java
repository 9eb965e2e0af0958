package slipway.profile;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A named stretch of work. Timing it costs nothing worth mentioning unless an operator has turned
 * it on, so that it stays in the code:
 *
 * <pre>
 *  try (Timing timing = moves.begin()) {
 *    // the work
 *  }
 * </pre>
 *
 * <p>A compiler that warns of resources that are not used ({@code -Xlint:try}) warns of {@code
 * timing}, unless the method has {@code @SuppressWarnings("try")}.
 *
 * <p>Any thread may time it, several at the same time, and a section within a section.
 */
@ProviderType
public interface Section {

  /** Measures nothing. */
  Section NONE = () -> Timing.NONE;

  /**
   * Begins to time the work that this thread does now.
   *
   * @return to be closed by the same thread when the work is over
   */
  Timing begin();
}
