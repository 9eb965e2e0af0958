package slipway.profile;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Work that is being timed, by one thread. It is over when this is closed; the timings that were
 * begun within it and not closed are dropped then. Closing it again, or in another thread, does
 * nothing.
 */
@ProviderType
public interface Timing extends AutoCloseable {

  /** Times nothing. */
  Timing NONE = () -> {};

  /** The work is over. */
  @Override
  void close();
}
