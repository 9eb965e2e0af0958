package slipway.config;

import java.lang.annotation.Annotation;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says whether a configuration may take effect. A bundle that owns a PID registers one, with that
 * PID in the service property {@link #PID}; the host asks it before it lets a changed file or an
 * edit through.
 */
@ConsumerType
public interface ConfigurationCheck {

  /** Service property that names the PID, or the factory PID. */
  String PID = "slipway.config.pid";

  /** The annotation type, an OSGi object class definition, that describes the PID. */
  Class<? extends Annotation> type();

  /**
   * Checks a configuration. Called from any thread, possibly from several.
   *
   * @param name what tells a factory configuration from its siblings; empty for a singleton
   * @param settings what it says
   * @throws InvalidConfiguration if it is refused
   */
  void check(String name, Settings settings) throws InvalidConfiguration;
}
