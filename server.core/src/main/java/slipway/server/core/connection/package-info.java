/**
 * Connections from accept to close: their place in the pipeline, their dispatch, and the list of
 * all that are open.
 *
 * <pre>
 *  socket ─▶ head ─▶ dispatch ─▶ the service's handlers ─▶ tail
 *            │       │                                     └ errors, end of input
 *            │       └ reads the name, waits for the service, then leaves
 *            └ counts bytes, stops reading when the peer does not read, closes when idle
 * </pre>
 */
package slipway.server.core.connection;
