package slipway.server.profile.record;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the profiler, {@code slipway.profile}. */
@ObjectClassDefinition(
    name = "Slipway profiler",
    description = "The recording of the last minutes of the JVM. Changes take effect at once.")
@interface ProfileConfig {

  /** The PID. */
  String PID = "slipway.profile";

  /** The least MiB that a recording may be limited to: one of JFR's files has some. */
  int LEAST_SIZE = 20;

  /** The most MiB that a recording may be limited to. */
  int MOST_SIZE = 100_000;

  @AttributeDefinition(description = "Whether the host records what its JVM does.")
  boolean record() default false;

  @AttributeDefinition(description = "How old what is kept of the recording may be.")
  String record_age() default "30m";

  @AttributeDefinition(
      type = AttributeType.INTEGER,
      min = "" + LEAST_SIZE,
      max = "" + MOST_SIZE,
      description = "How many MiB are kept of the recording.")
  int record_size() default 100;
}
