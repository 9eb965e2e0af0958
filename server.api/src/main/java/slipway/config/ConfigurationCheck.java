package slipway.config;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says whether a configuration may take effect. A bundle that owns a PID registers one, with that
 * PID in the service property {@link #PID}; the host asks it before it lets a changed file or an
 * edit through.
 *
 * <p>Configurations are checked as soon as there is a check, so a component that is one must not
 * need the {@link ConfigurationStore}. What is in force at that time and is refused gives way to
 * the last values that were in force and that all checks of the PID accept: two versions of a
 * bundle may be active at once, each with its check. If there are none, it stays while another
 * version accepts it; otherwise the configuration is withdrawn. In any case the file is refused,
 * and tried again when a check comes or goes.
 */
@ConsumerType
public interface ConfigurationCheck {

  /** Service property that names the PID, or the factory PID. */
  String PID = "slipway.config.pid";

  /** The annotation type, an OSGi object class definition, that describes the PID. */
  Class<? extends Annotation> type();

  /**
   * Checks a configuration on its own. Called from any thread, possibly from several, and while
   * configurations are locked: it must not wait for a thread that saves one.
   *
   * @param name what tells a factory configuration from its siblings; empty for a singleton
   * @param settings what it says
   * @throws InvalidConfiguration if it is refused
   */
  void check(String name, Settings settings) throws InvalidConfiguration;

  /**
   * Checks a configuration together with its siblings, such as two that want one address. Called as
   * {@link #check(String, Settings)} is, which it calls unless it is overridden.
   *
   * @param name what tells a factory configuration from its siblings; empty for a singleton
   * @param settings what it says
   * @param siblings the other configurations of the factory PID as they will be, by name
   * @throws InvalidConfiguration if it is refused
   */
  default void check(String name, Settings settings, Map<String, Settings> siblings)
      throws InvalidConfiguration {
    check(name, settings);
  }
}
