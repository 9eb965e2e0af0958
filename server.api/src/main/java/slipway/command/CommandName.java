package slipway.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names the command that a component provides.
 *
 * <p>Gives the bundle the capability {@code slipway.command; name="…"; help="…"} and the component
 * the service property {@link Command#NAME}. So {@code help} knows the command before its bundle
 * runs. It is kept at run time for tests that have no manifest.
 */
@ComponentPropertyType
@Capability(
    namespace = Command.NAMESPACE,
    attribute = {"name=\"${#name}\"", "help=\"${#help}\"", "order:Long=\"${#order}\""})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CommandName {

  /** What stands before the names of the elements in the names of the properties. */
  String PREFIX_ = "slipway.command.";

  /** The word that calls it: letters, digits and {@code -}, and a letter at the beginning. */
  String name();

  /** What it does, one sentence in one line; {@code help} shows it. */
  String help();

  /** Its place in {@code help}: smaller ones come first, equal ones by name. */
  long order() default 1000;
}
