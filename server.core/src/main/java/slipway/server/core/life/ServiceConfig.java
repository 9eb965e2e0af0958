package slipway.server.core.life;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import slipway.admin.ServiceAdmin;

/** The configuration of one service, {@code slipway.service~NAME}. */
@ObjectClassDefinition(
    name = "Slipway service",
    description = "The state of one service; the configuration's name is the service's name.")
@interface ServiceConfig {

  /** The factory PID. */
  String PID = ServiceAdmin.PID;

  @AttributeDefinition(
      description =
          "LOADED: started by the first connection, stopped after the last one. LOCKED: "
              + "stopped, connections are closed and refused. WAITLOCKED: new connections are "
              + "refused, and it is LOCKED when the last user has left. FIXED: always active.",
      options = {
        @Option(label = "LOADED", value = "LOADED"),
        @Option(label = "LOCKED", value = "LOCKED"),
        @Option(label = "WAITLOCKED", value = "WAITLOCKED"),
        @Option(label = "FIXED", value = "FIXED")
      })
  String state() default "LOADED";

  @AttributeDefinition(
      description = "Time in which the bundle has to start and register its service.")
  String start_timeout() default "10s";

  @AttributeDefinition(
      description = "Time in which the bundle has to stop, and users to leave a locked service.")
  String stop_timeout() default "10s";

  @AttributeDefinition(
      name = "drain.timeout",
      description =
          "Time that connections may stay with a version that was replaced, if they cannot be "
              + "handed over; 0 for as long as they last.")
  String drain_timeout() default "5m";

  @AttributeDefinition(
      name = "handoff.timeout",
      description = "Time in which a version has to give up a connection to its successor.")
  String handoff_timeout() default "5s";

  @AttributeDefinition(
      description =
          "Whether a new version of a LOADED service that nobody uses is started once, and stopped"
              + " again, before it takes over.")
  boolean trial() default true;

  @AttributeDefinition(
      name = "max.connections",
      description =
          "How many connections it may have, in all its versions; further clients are refused; "
              + "0 is no limit.",
      min = "0")
  int max_connections() default 0;

  @AttributeDefinition(
      name = "max.cpu.share",
      description =
          "How many percent of the machine's processors it may use, in all its versions; 0 is no "
              + "limit.",
      min = "0",
      max = "100")
  int max_cpu_share() default 0;

  @AttributeDefinition(
      name = "max.heap.share",
      description =
          "How many percent of the largest heap it may keep, by a rough estimate, before the log "
              + "warns; 0 is no limit.",
      min = "0",
      max = "100")
  int max_heap_share() default 0;

  @AttributeDefinition(
      name = "share.window",
      description = "Time for which it has to use more than its share before that counts.")
  String share_window() default "1m";

  @AttributeDefinition(
      description =
          "What happens if it uses more than max.cpu.share. warn: the log and libctl ps say so. "
              + "lock: it becomes WAITLOCKED as well.",
      options = {@Option(label = "warn", value = "warn"), @Option(label = "lock", value = "lock")})
  String over() default "warn";

  @AttributeDefinition(
      description =
          "Time that a LOADED service stays started after its last connection; 0 for none.")
  String linger() default "10s";
}
