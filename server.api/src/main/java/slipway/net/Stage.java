package slipway.net;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Stands between a connection's socket and the host: TLS, the PROXY protocol. An acceptor names its
 * stages, in the order in which bytes from the client pass them. Registered as a service with a
 * {@link StageName}; an acceptor whose stages are not all there accepts no clients.
 *
 * <pre>
 *  socket ─▶ stage ─▶ stage ─▶ head ─▶ the service's handlers ─▶ tail
 *            \_ the acceptor's _/       \_ a version's: exchanged as versions change _/
 * </pre>
 *
 * <p>What a stage puts into the pipeline stays there until the connection is closed, even if the
 * connection is handed over to another version of its service or the stage's own bundle is
 * replaced: open connections keep the handlers that they have.
 *
 * <p>If the client can end its output in a way that only the stage sees, as TLS has it, the stage
 * passes that on as a {@link io.netty.channel.socket.ChannelInputShutdownEvent}.
 */
@ConsumerType
public interface Stage {

  /** The namespace of the capability that names a bundle's stages. */
  String NAMESPACE = "slipway.stage";

  /** The service property with the stage's name. */
  String NAME = "slipway.stage.name";

  /**
   * Puts the stage's handlers into the pipeline of a new connection. Called in the connection's
   * event loop, once, before anything is read; must not block.
   *
   * @param passage the connection on its way through the stages
   * @throws Exception if the connection cannot be let through; it is closed without a word
   */
  void enter(Passage passage) throws Exception;
}
