package slipway.net;

import io.netty.channel.Channel;
import org.osgi.annotation.versioning.ProviderType;

/** Brings accepted connections to their services. */
@ProviderType
public interface Dispatcher {

  /**
   * Takes charge of an accepted channel until it is closed: finds its service, waits for it if it
   * has to be started, and attaches it. A client that cannot be served is told why and closed.
   *
   * <p>Called in the channel's event loop, once, before anything was read.
   *
   * @param channel the channel, registered and with an empty pipeline
   * @param intake how the acceptor wants its connections treated
   */
  void dispatch(Channel channel, Intake intake);
}
