package slipway.profile;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Gives named sections to time work with. The host registers it; a service asks for it in its
 * constructor, by {@code @Reference Sections sections}. What it measures is told by service,
 * version, section and thread.
 *
 * <p>May be used from any thread.
 */
@ProviderType
public interface Sections {

  /** The most sections that a bundle can have. */
  int MOST = 256;

  /** Gives sections that measure nothing, for tests without a host. */
  Sections NONE = name -> Section.NONE;

  /**
   * Gives a section. To be asked for once and kept: asking takes longer than timing.
   *
   * @param name what an operator sees; 1 to 64 characters that are drawn
   * @return the same one for the same name; if this bundle has {@link #MOST} others already, one
   *     that measures nothing
   * @throws IllegalArgumentException if the name is not allowed
   */
  Section section(String name);
}
