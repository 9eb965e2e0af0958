/**
 * Connections from accept to close: their place in the pipeline, their dispatch, their moves, and
 * the list of all that are open.
 *
 * <pre>
 *  socket ─▶ stages ─▶ head ─▶ dispatch ─▶ the service's handlers ─▶ tail
 *            │         │       │                                     └ errors, end of input
 *            │         │       ├ reads the name (RequestReader), waits for the service
 *            │         │       └ gives it the connection (Attachment), then leaves
 *            │         └ counts bytes; whether it is read (Reading), whether it is idle (IdleWatch),
 *            │           whether its version has shown that it serves (ConnectionProof)
 *            └ the acceptor's: TLS, PROXY (StagePassage)
 *
 *  Connections ─▶ HostedConnection ─┬ how it came                 Entrance
 *  all that are    one of them      ├ what listeners hear of it   Milestones, Listeners
 *  open                             └ that it will be closed      GoingAwayNews
 *    ├ moves them to another version: Move (when) ─▶ MoveAttempt (once) ─▶ Takeover (by Side)
 *    └ is asked by HostConnectionAdmin, for operators
 * </pre>
 *
 * <p>What belongs to one connection belongs to its event loop, if its class does not say otherwise.
 */
package slipway.server.core.connection;
