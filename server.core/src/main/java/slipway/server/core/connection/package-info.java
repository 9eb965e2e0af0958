/**
 * Connections from accept to close: their place in the pipeline, their dispatch, and the list of
 * all that are open.
 *
 * <pre>
 *  socket ─▶ stages ─▶ head ─▶ dispatch ─▶ the service's handlers ─▶ tail
 *            │         │       │                                     └ errors, end of input
 *            │         │       └ reads the name, waits for the service, then leaves
 *            │         └ counts bytes; whether it is read (Reading), whether it is idle (IdleWatch)
 *            └ the acceptor's: TLS, PROXY (StagePassage)
 * </pre>
 */
package slipway.server.core.connection;
