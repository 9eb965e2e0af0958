package slipway.server.core.pipeline;

import io.netty.channel.ChannelHandler;

/** A handler in a connection's pipeline that is the host's own, and no service's. */
public interface HostHandler extends ChannelHandler {}
