package slipway.net;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names the {@link Stage} that a component provides.
 *
 * <p>Gives the bundle the capability {@code slipway.stage; name="…"} and the component the service
 * property {@link Stage#NAME}. A name has the form of a service's name.
 */
@ComponentPropertyType
@Capability(namespace = Stage.NAMESPACE, attribute = "name=\"${#value}\"")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface StageName {

  /** What stands before {@code stage.name} in the property's name. */
  String PREFIX_ = "slipway.";

  /** The name by which acceptors call the stage. */
  String value();
}
