package slipway.service;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that can hand an open connection to another version of itself, without its client
 * noticing, and adds its handlers itself. One that describes them is a {@link PipelineService}.
 *
 * <p>When another version of the service takes over, the host does this for each connection, in the
 * connection's event loop:
 *
 * <ol>
 *   <li>It waits until no decoder of the old version is in the middle of a message, if that can be
 *       told; see {@link MessageBoundary}.
 *   <li>It parks the connection: what arrives from now on waits.
 *   <li>It asks the old version to {@link #giveUp} the connection.
 *   <li>It removes the handlers of the old version. Bytes that its decoders had not decoded yet are
 *       kept (a {@link io.netty.handler.codec.ByteToMessageDecoder} gives them up by itself).
 *       Handlers without a name of their own that stand in front, whose class both versions get
 *       from another bundle and which hold nothing of the old version, stay: Netty's codecs.
 *   <li>It asks the new version to {@link #takeUp} the connection. Of what that adds, a handler of
 *       the same class as one that has stayed is not needed, and is taken out again.
 *   <li>It gives the new version's handlers the kept bytes, then those that waited.
 * </ol>
 *
 * <p>If any step fails, by an exception or an error, the old version is asked to take the
 * connection up again with what it gave, and keeps it for now; the host tries again later, until
 * the connection ends or the service's drain timeout has passed. What was written before is sent in
 * any case, in its order.
 *
 * <p>The old version must leave nothing of its own on the channel (attributes, listeners, scheduled
 * tasks): it would keep the old version's classes in memory.
 */
@ConsumerType
public interface HandOff extends Service {

  /** Takes charge of a new connection as of one that comes with nothing. */
  @Override
  default void attach(Connection connection) throws Exception {
    takeUp(connection, Map.of());
  }

  /**
   * Gives up a connection of this version. Called in the connection's event loop, which it must not
   * block.
   *
   * @param connection a connection that this version was given by {@link #attach} or {@link
   *     #takeUp}
   * @return completed, in any thread, with what another version needs to continue: only types of
   *     the JDK (strings, boxed primitives, {@code java.time}, arrays and collections of these), as
   *     both versions have classes of their own. From then on this version does not touch the
   *     connection. A stage that fails, or takes longer than the host allows, leaves the connection
   *     with this version.
   * @throws Exception if the connection cannot be given up now; it stays with this version
   */
  CompletionStage<Map<String, Object>> giveUp(Connection connection) throws Exception;

  /**
   * Takes up a connection that is under way, as {@link #attach} takes a new one: by adding
   * handlers. They see neither {@code channelActive} nor anything that another version has seen.
   * Called in the connection's event loop. If it throws, it leaves nothing behind; the host takes
   * out the handlers that it had added.
   *
   * @param connection the connection; its id, delimiter and channel are as before
   * @param state what the other version gave, perhaps an older or a newer one: unknown keys are to
   *     be ignored and missing ones expected, as {@link Handed#of} does
   * @throws Exception if it cannot be taken up
   */
  void takeUp(Connection connection, Map<String, Object> state) throws Exception;
}
