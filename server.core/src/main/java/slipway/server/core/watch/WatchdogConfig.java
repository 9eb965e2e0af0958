package slipway.server.core.watch;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the watchdog. */
@ObjectClassDefinition(
    name = "Slipway watchdog",
    description = "When the host reports a service that keeps a thread that others need.")
@interface WatchdogConfig {

  /** The PID. */
  String PID = "slipway.watchdog";

  /** The key of the time. */
  String AFTER = "after";

  @AttributeDefinition(
      description =
          "How long a service may keep an event loop, or compute on a virtual thread, before "
              + "the host reports it; 0 for never.")
  String after() default "1s";
}
