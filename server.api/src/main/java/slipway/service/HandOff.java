package slipway.service;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that can hand an open connection to another version of itself, without its client
 * noticing.
 *
 * <p>When a new version of the service takes over, the host does this for each connection, in the
 * connection's event loop:
 *
 * <ol>
 *   <li>It parks the connection: what arrives from now on waits.
 *   <li>It asks the old version to {@link #giveUp} the connection.
 *   <li>It removes all handlers of the old version. Bytes that its decoders had not decoded yet are
 *       kept (a {@link io.netty.handler.codec.ByteToMessageDecoder} gives them up by itself).
 *   <li>It asks the new version to {@link #takeUp} the connection.
 *   <li>It gives the new version's handlers the kept bytes, then those that waited.
 * </ol>
 *
 * <p>If any step fails, the old version is asked to take the connection up again with what it gave,
 * and keeps it until it ends or the service's drain timeout has passed. What was written before is
 * sent in any case, in its order.
 *
 * <p>The old version must leave nothing of its own on the channel (attributes, listeners, scheduled
 * tasks): it would keep the old version's classes in memory.
 */
@ConsumerType
public interface HandOff extends Service {

  /**
   * Gives up a connection of this version. Called in the connection's event loop, which it must not
   * block.
   *
   * @param connection a connection that this version was given by {@link #attach} or {@link
   *     #takeUp}
   * @return completed, in any thread, with what another version needs to go on: only types of the
   *     JDK (strings, boxed primitives, {@code java.time}, arrays and collections of these), as
   *     both versions have classes of their own. From then on this version does not touch the
   *     connection. A stage that fails, or takes longer than the host allows, leaves the connection
   *     with this version.
   * @throws Exception if the connection cannot be given up now; it stays with this version
   */
  CompletionStage<Map<String, Object>> giveUp(Connection connection) throws Exception;

  /**
   * Takes up a connection that is under way, as {@link #attach} takes a new one: by adding
   * handlers. They see neither {@code channelActive} nor anything that another version has seen.
   * Called in the connection's event loop.
   *
   * @param connection the connection; its id, delimiter and channel are as before
   * @param state what the other version gave, perhaps an older or a newer one: unknown keys are to
   *     be ignored and missing ones expected
   * @throws Exception if it cannot be taken up
   */
  void takeUp(Connection connection, Map<String, Object> state) throws Exception;
}
