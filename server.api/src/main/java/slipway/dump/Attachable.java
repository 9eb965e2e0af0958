package slipway.dump;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the host that has something for the archive which {@code dump all} makes for a report.
 * Registered as an OSGi service by the bundle that has the part; it goes with its bundle.
 */
@ConsumerType
public interface Attachable {

  /** What the part is, one or two words in lower case, for progress and messages. */
  String title();

  /**
   * Adds files. Called by a thread that may wait, one part after the other; what takes longer than
   * a minute is interrupted. If it throws, what it has added until then stays in the archive, which
   * says why the rest is missing.
   *
   * <p>The archive is read by strangers: it has no passwords, nothing that users have said, and no
   * values of a configuration that could be secrets; {@link Secrets} makes text harmless.
   *
   * @param to takes the files
   * @throws Exception if it cannot be added
   */
  void attach(Attachments to) throws Exception;
}
