package slipway.examples.probe;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code conf/slipway.probe.cfg}. */
@ObjectClassDefinition(name = "Probe", description = "The packet server that is asked.")
public @interface ProbeConfig {

  /** Host of the server. */
  @AttributeDefinition(description = "Name or address of the server")
  String host() default "127.0.0.1";

  /** Port of the server. */
  @AttributeDefinition(description = "Port of the server, which speaks LAN packets")
  int port() default 3000;
}
