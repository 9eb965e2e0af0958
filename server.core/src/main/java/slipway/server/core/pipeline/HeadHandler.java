package slipway.server.core.pipeline;

/**
 * The first of the host's handlers. What stands before it belongs to the acceptor (its stages) and
 * is no service's: it stays as it is while versions come and go.
 */
public interface HeadHandler extends HostHandler {}
