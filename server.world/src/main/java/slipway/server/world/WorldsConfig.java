package slipway.server.world;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the loops that worlds are in, {@code slipway.worlds}. */
@ObjectClassDefinition(
    name = "Slipway worlds",
    description = "The loops that run the worlds. Changes hold at once, and no world is stopped.")
@interface WorldsConfig {

  /** The PID. */
  String PID = "slipway.worlds";

  /** The most microseconds that {@code spin} may be. */
  int MOST_SPIN = 100;

  @AttributeDefinition(
      type = AttributeType.INTEGER,
      min = "0",
      max = "" + WorldConfig.MOST_LOOPS,
      description =
          "How many threads run the worlds; 0 for one for each processor except one. If it becomes"
              + " less, the worlds of those that go move to others.")
  int loops() default 0;

  @AttributeDefinition(
      type = AttributeType.INTEGER,
      min = "0",
      max = "" + MOST_SPIN,
      description =
          "For how many microseconds a loop may spin before a frame instead of sleeping, which"
              + " begins frames more exactly.")
  int spin() default 0;
}
