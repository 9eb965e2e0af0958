package slipway.shell.commands.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.command.Command;
import slipway.service.Service;

/**
 * A command in the manifest of one bundle.
 *
 * @param head what the manifest says about it
 * @param service the service that the bundle provides; empty if it provides none
 * @param bundle the bundle
 */
record Provision(CommandHead head, Optional<String> service, Bundle bundle) {

  private static final Logger LOG = LoggerFactory.getLogger(Provision.class);
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final long LAST = 1000;

  /** The commands of a bundle, ordered by name; empty for most bundles. */
  static List<Provision> of(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return List.of();
    }
    Optional<String> service =
        revision.getDeclaredCapabilities(Service.NAMESPACE).stream()
            .map(capability -> text(capability, "name"))
            .findFirst();
    return revision.getDeclaredCapabilities(Command.NAMESPACE).stream()
        .flatMap(capability -> head(capability, bundle))
        .map(head -> new Provision(head, service, bundle))
        .toList();
  }

  private static Stream<CommandHead> head(BundleCapability capability, Bundle bundle) {
    String name = text(capability, "name");
    if (!WORD.matcher(name).matches()) {
      LOG.error(
          "bundle {} {}: its capability {} has the name {}: allowed are letters, digits and -,"
              + " and a letter at the beginning",
          bundle.getBundleId(),
          bundle.getSymbolicName(),
          Command.NAMESPACE,
          name);
      return Stream.empty();
    }
    Object order = capability.getAttributes().get("order");
    return Stream.of(
        new CommandHead(
            name,
            text(capability, "help"),
            order instanceof Number number ? number.longValue() : LAST));
  }

  private static String text(BundleCapability capability, String attribute) {
    Map<String, Object> attributes = capability.getAttributes();
    return attributes.get(attribute) instanceof String text ? text : "";
  }

  /** Whether both are the same command, as two versions or two copies of one bundle have it. */
  boolean isAnotherOf(Provision other) {
    return service.equals(other.service)
        && (service.isPresent() || bundle.getSymbolicName().equals(other.bundle.getSymbolicName()));
  }
}
