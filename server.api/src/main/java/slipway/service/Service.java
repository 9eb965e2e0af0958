package slipway.service;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A protocol with a name, provided by a bundle.
 *
 * <p>The bundle's manifest provides the capability {@code slipway.service} with that name and the
 * bundle registers one object of this type when it is active; {@link ServiceName} does both.
 */
@ConsumerType
public interface Service {

  /** Namespace of the capability that a service bundle provides; its attribute is {@code name}. */
  String NAMESPACE = "slipway.service";

  /** Service property that holds the name. */
  String NAME = "slipway.service.name";

  /**
   * Takes charge of a connection by adding handlers to its pipeline.
   *
   * <p>Called once for each connection, in the connection's event loop, which it must not block.
   * When it returns, the handlers see {@code channelActive} and then the connection's bytes,
   * beginning with those that the client sent behind the service's name. What the service writes
   * from within this call leaves after the host's reply to the client.
   *
   * <p>The end of the client's input arrives as Netty's {@code ChannelInputShutdownEvent}. A
   * service that lets it pass has its connection closed once all that it wrote is flushed; one that
   * keeps it to itself closes the connection when it is done.
   *
   * @param connection the connection, open; never null
   * @throws Exception if the service cannot serve; the client is told so and the connection closed,
   *     other connections are not touched
   */
  void attach(Connection connection) throws Exception;
}
