package slipway.command;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A word of the console with its arguments, brought by a bundle as a service is.
 *
 * <p>The bundle's manifest provides the capability {@code slipway.command} with the command's name,
 * and the bundle registers an object of this type with the same name when it is active; {@link
 * CommandName} does both. While a command of a service bundle is called, a lease keeps the version
 * that serves: one that is LOADED is started for it.
 */
@ConsumerType
public interface Command {

  /** Namespace of the capability that a bundle provides for each of its commands. */
  String NAMESPACE = "slipway.command";

  /** Service property that holds the command's name. */
  String NAME = "slipway.command.name";

  /**
   * The object into which picocli parses the arguments of one call, and that it runs: annotated
   * with {@code @Command}, and either a {@code Runnable} or {@code Callable}, or with a method for
   * each verb. Its methods run in the thread of the call and may block; an interrupt asks them to
   * end.
   *
   * <p>Its name and the first line of its help come from {@link CommandName}. Parameters of the
   * types {@code Path} and {@code Duration} are read as in the host's own commands; for other types
   * a parameter names its converter.
   *
   * <p>Also called for help and for completing a word: building it must have no effect.
   *
   * @param call the call
   * @return a new object for each call; never null
   */
  Object grammar(Call call);
}
