package slipway.dump;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the host that can say what it consists of now, for a fault report. Registered as an
 * OSGi service by the bundle that has the part; the command {@code dump} shows all of them.
 */
@ConsumerType
public interface Dumpable {

  /** What heads this part, one or two words in lower case: {@code event loops}. */
  String title();

  /**
   * Describes this part as it is now. Called by a thread that may wait, perhaps by several at once;
   * what takes longer than some seconds is cut off there, by an interrupt. If it throws, what it
   * has written until then is shown with the reason, and other parts are not touched.
   *
   * <p>A dump goes into reports that strangers read: it has no passwords, nothing that users have
   * said, and no values of a configuration that could be secrets.
   *
   * @param dump takes the description
   * @throws Exception if it cannot be described
   */
  void dump(Dump dump) throws Exception;
}
