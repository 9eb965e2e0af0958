package slipway.service;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A handler that knows something of its connection which its successor in another version cannot
 * find out. A {@link PipelineService} that does not say by itself what it gives up gives what such
 * handlers of the connection hand over.
 */
@ConsumerType
public interface HandsOver {

  /**
   * What this handler would have to be told if it were made again for its connection. Called in the
   * connection's event loop, between two reads. Handlers of one connection have keys of their own.
   *
   * @return the values; not null
   */
  Handed handed();
}
