package slipway.server.world;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import slipway.world.WorldSpec;

/** The configuration of a world, {@code slipway.world~NAME}. */
@ObjectClassDefinition(
    name = "Slipway world",
    description =
        "How a world runs whose service has other defaults; its name is that of the world. Changes"
            + " hold from the next frame on.")
@interface WorldConfig {

  /** The factory PID. */
  String PID = "slipway.world";

  /** The most that {@code loop} may be. */
  int MOST_LOOPS = 1024;

  @AttributeDefinition(
      type = AttributeType.INTEGER,
      min = "0",
      max = "" + WorldSpec.MOST_FPS,
      description = "Frames in a second; 0 for as many as its service wants.")
  int fps() default 0;

  @AttributeDefinition(
      name = "packets.per.frame",
      type = AttributeType.INTEGER,
      min = "0",
      max = "" + WorldSpec.MOST_PACKETS,
      description =
          "How many packets of a session are dealt with in a frame, the others wait; 0 for as many"
              + " as its service wants.")
  int packets_per_frame() default 0;

  @AttributeDefinition(
      required = false,
      description =
          "What to do if frames are late. skip: they are left out. catch-up N: up to N of them are"
              + " made up for. stretch: the world's time stands still. Empty: as its service"
              + " wants.")
  String overrun() default "";

  @AttributeDefinition(
      name = "heartbeat.timeout",
      required = false,
      description =
          "How long a session may send nothing before the world is told, which closes it if it does"
              + " nothing else; 0 for ever, empty: as its service wants.")
  String heartbeat_timeout() default "";

  @AttributeDefinition(
      name = "max.sessions",
      type = AttributeType.INTEGER,
      min = "0",
      max = "" + WorldSpec.MOST_SESSIONS,
      description = "How many sessions it takes; 0 for as many as its service wants.")
  int max_sessions() default 0;

  @AttributeDefinition(
      type = AttributeType.INTEGER,
      min = "0",
      max = "" + MOST_LOOPS,
      description =
          "The number of the loop that runs it, from 1 on; 0, or one that is not there, for any.")
  int loop() default 0;

  @AttributeDefinition(
      description =
          "Whether it is kept in var/worlds when its service stops, and goes on from there at the"
              + " next start. Counts when its service starts or stops.")
  boolean park() default false;
}
