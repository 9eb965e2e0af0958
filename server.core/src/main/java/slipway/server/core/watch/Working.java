package slipway.server.core.watch;

import slipway.service.Connection;
import slipway.thread.OwnThread;

/**
 * A connection and the handler that serves it on a thread of its own.
 *
 * @param connection the connection
 * @param handler the handler
 */
public record Working(Connection connection, OwnThread handler) {}
