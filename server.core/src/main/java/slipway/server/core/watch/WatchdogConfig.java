package slipway.server.core.watch;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the watchdog. */
@ObjectClassDefinition(
    name = "Slipway watchdog",
    description = "When the host tells of a service that keeps a thread which others need.")
@interface WatchdogConfig {

  /** The PID. */
  String PID = "slipway.watchdog";

  /** The key of the time. */
  String AFTER = "after";

  @AttributeDefinition(
      description =
          "How long a service may keep an event loop, or compute on a virtual thread, before it is"
              + " told; 0 for as long as it likes.")
  String after() default "1s";
}
