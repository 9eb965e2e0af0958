package slipway.profile;

import org.osgi.annotation.versioning.ProviderType;

/** Measures what services use, from when it was begun until it is closed. For any thread. */
@ProviderType
public interface UsageRun extends AutoCloseable {

  /**
   * What was used from the beginning until a moment ago: what was measured last. Does not wait.
   *
   * @return {@link Usage#NONE} until something was measured
   * @throws IllegalStateException if it has ended without being closed, with the reason; it does
   *     not begin again
   */
  Usage used();

  /** Measures no longer. Closing it again does nothing. */
  @Override
  void close();
}
