package slipway.examples.relay;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code conf/slipway.relay.cfg}. */
@ObjectClassDefinition(name = "Relay", description = "The server that clients are connected to.")
public @interface RelayConfig {

  /** Host of the server. */
  @AttributeDefinition(description = "Name or address of the server that clients are connected to")
  String host() default "127.0.0.1";

  /** Port of the server. */
  @AttributeDefinition(description = "Port of the server")
  int port() default 2020;
}
