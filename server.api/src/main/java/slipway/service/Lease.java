package slipway.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The right to use one version of a service: while a lease is open, the host does not stop that
 * version's bundle, except when an operator locks the service or the host ends, and then only after
 * a deadline.
 */
@ProviderType
public interface Lease extends AutoCloseable {

  /** Gives the lease back. May be called from any thread; further calls do nothing. */
  @Override
  void close();
}
