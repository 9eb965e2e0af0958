package slipway.meter;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Figures of a bundle. Registered as an OSGi service by the bundle that has them.
 *
 * <p>A meter reads what its bundle counts anyway: it is called only if somebody asks, and nothing
 * has to be counted for it on the path of a message.
 */
@ConsumerType
public interface Meter {

  /**
   * Tells the figures as they are now. Called by a thread that may wait, by one at a time. If it
   * throws, or takes longer than a second, all that it has told is left out of this scrape, and its
   * thread is interrupted; other meters are not touched.
   *
   * @param readings takes the figures, until this method returns
   * @throws Exception if they cannot be told; the log has it once, until they are told again
   */
  void read(Readings readings) throws Exception;
}
