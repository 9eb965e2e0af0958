package slipway.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that describes the handlers of its connections, so that the host can exchange its
 * version under an open connection without the client noticing.
 *
 * <p>When another version takes over, the host does this for each connection, in the connection's
 * event loop:
 *
 * <ol>
 *   <li>It asks the old version to {@link #giveUp} the connection, and keeps reading for it until
 *       it has done so.
 *   <li>It keeps back what arrives from now on, and sends what was written.
 *   <li>It takes out the handlers of the old version, except those that are described with {@link
 *       Handlers#keep} by both versions: those stay, with half a message that they may have. Bytes
 *       that another decoder had not decoded yet are kept (a {@link
 *       io.netty.handler.codec.ByteToMessageDecoder} gives them up by itself).
 *   <li>It asks the new version for its {@link #pipeline}, and adds what is not there yet, each in
 *       its place.
 *   <li>It gives the new handlers the kept bytes, each where it was taken, and then what arrived.
 * </ol>
 *
 * <p>If any step fails, the handlers of the old version are put back, as it describes them for what
 * it gave, and the connection stays with it; the host tries again later, until the connection ends
 * or the service's drain timeout has passed. What was written before is sent in any case, in its
 * order.
 */
@ConsumerType
public interface PipelineService extends Service {

  /**
   * Describes the handlers of a connection: of a new one, whose handlers see {@code channelActive}
   * and then the client's bytes, or of one that is under way, whose handlers see neither {@code
   * channelActive} nor anything that another version has seen. Called in the connection's event
   * loop, which it must not block. It describes only: what it does beyond that has to be undone by
   * itself if it throws.
   *
   * @param connection the connection, open
   * @param handed what another version gave up with it, perhaps an older or a newer one, or this
   *     one if no other could take it up; nothing for a new connection
   * @param handlers takes the description
   * @throws Exception if the service cannot serve the connection
   */
  void pipeline(Connection connection, Handed handed, Handlers handlers) throws Exception;

  /**
   * Gives up a connection of this version. Called in the connection's event loop, which it must not
   * block. A service that has nothing to give beyond what its {@linkplain HandsOver handlers hand
   * over} leaves this out.
   *
   * <p>If the connection is in the middle of something that another version cannot continue, the
   * stage stays open, and is completed in the event loop by the handler that has come to the end of
   * it, as it has dealt with the last message that belongs there. What the client has sent behind
   * that goes to the other version: until then the host gives the handlers that do not stay one
   * byte or message at a time, so that none has taken more.
   *
   * @param connection a connection of this version
   * @return completed with what another version needs to continue; from then on this version does
   *     not touch the connection. A stage that fails, or is not completed within {@code
   *     handoff.timeout}, leaves the connection with this version for now; it is cancelled then.
   * @throws Exception if the connection cannot be given up now; it stays with this version
   */
  default CompletionStage<Handed> giveUp(Connection connection) throws Exception {
    return CompletableFuture.completedFuture(Handlers.handedBy(connection.channel().pipeline()));
  }

  /**
   * Adds all handlers that {@link #pipeline} describes. The host does that itself, and does not
   * call this.
   */
  @Override
  default void attach(Connection connection) throws Exception {
    Handlers handlers = new Handlers();
    pipeline(connection, Handed.nothing(), handlers);
    handlers.addTo(connection.channel().pipeline());
  }
}
