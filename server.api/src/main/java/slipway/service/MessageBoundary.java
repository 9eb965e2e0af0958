package slipway.service;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A decoder of a service's own that can tell whether it is between two messages. The host asks
 * before it takes the decoder out of a connection that passes to another version, and waits for a
 * boundary if it is not at one. For a decoder that does not say it, the host finds out what it can
 * by itself: it counts what goes in, and what has been consumed when a message comes out.
 *
 * <p>Called in the connection's event loop.
 */
@ConsumerType
public interface MessageBoundary {

  /**
   * Whether nothing would be lost if another decoder went on with what has not been decoded, which
   * a {@link io.netty.handler.codec.ByteToMessageDecoder} gives up by itself: it has consumed
   * nothing of a message whose rest is still to come, or that is among what the version gives up
   * with the connection.
   */
  boolean isAtBoundary();
}
