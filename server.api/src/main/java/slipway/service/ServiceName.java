package slipway.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names the service that a component provides.
 *
 * <p>Gives the bundle the capability {@code slipway.service; name="…"} and the component the
 * service property {@link Service#NAME}. A name has 1 to 64 letters, digits, {@code .}, {@code _}
 * or {@code -}, and begins with a letter or a digit.
 */
@ComponentPropertyType
@Capability(
    namespace = Service.NAMESPACE,
    attribute = {"name=\"${#value}\"", "audience=\"${#audience}\""})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ServiceName {

  /** What stands before {@code service.name} in the property's name. */
  String PREFIX_ = "slipway.";

  /** The name by which clients and operators call the service; not a path. */
  String value();

  /**
   * The audience of the service. A service for operators is unknown to clients of an acceptor for
   * users, even if the acceptor names it.
   *
   * @since 1.6
   */
  Audience audience() default Audience.USERS;
}
