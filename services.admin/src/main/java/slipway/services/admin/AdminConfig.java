package slipway.services.admin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the service. */
@ObjectClassDefinition(
    name = "Slipway admin",
    description = "Limits of the service through which operators reach the host.")
@interface AdminConfig {

  /** The PID. */
  String PID = "slipway.admin";

  /** The key of the limit. */
  String MAX_CONNECTIONS = "max.connections";

  /** The limit if none is configured. */
  int DEFAULT_CONNECTIONS = 16;

  @AttributeDefinition(
      description = "How many operators' connections are served at once, 1 to 1000.")
  int max_connections() default DEFAULT_CONNECTIONS;
}
