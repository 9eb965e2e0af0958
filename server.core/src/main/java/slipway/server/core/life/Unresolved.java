package slipway.server.core.life;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * What keeps a bundle, or a jar that is none yet, from being resolved: what it requires and nobody
 * provides, in words for operators. It looks through what is installed and changes nothing. May be
 * used from any thread.
 */
public final class Unresolved {

  private static final Pattern VERSION = Pattern.compile("\\((?:bundle-)?version=([^)]*)\\)");
  private static final Pattern FROM = Pattern.compile("\\((?:bundle-)?version>=([^)]*)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\((?:bundle-)?version>=([^)]*)\\)\\)");

  private final FrameworkWiring wiring;

  /**
   * Makes what looks.
   *
   * @param wiring that of the framework; not null
   */
  public Unresolved(FrameworkWiring wiring) {
    this.wiring = wiring;
  }

  private static Pattern attribute(String name, String comparison) {
    return Pattern.compile("\\(" + Pattern.quote(name + comparison) + "([^)]*)\\)");
  }

  /**
   * Why a bundle cannot be resolved.
   *
   * @return one line; empty if it is resolved, or nothing that it requires is missing
   */
  public Optional<String> of(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null || revision.getWiring() != null ? Optional.empty() : of(revision);
  }

  /**
   * Why what is not installed, or not resolved, could not be resolved now.
   *
   * @return one line; empty if nothing that it requires is missing
   */
  public Optional<String> of(Resource resource) {
    List<String> missing = missing(resource, new HashSet<>());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("it cannot be resolved: nothing provides " + String.join(" and ", missing));
  }

  /**
   * What is missing, each as the end of "nothing provides".
   *
   * @param seen what is being looked at already; two bundles may require each other
   */
  private List<String> missing(Resource resource, Set<Resource> seen) {
    seen.add(resource);
    List<String> missing = new ArrayList<>();
    for (Requirement requirement : resource.getRequirements(null)) {
      if (isNeeded(requirement) && !providesItself(resource, requirement)) {
        missing(requirement, seen).ifPresent(missing::add);
      }
    }
    return missing;
  }

  private static boolean isNeeded(Requirement requirement) {
    Map<String, String> directives = requirement.getDirectives();
    String effective = directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
    String resolution = directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
    return (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE))
        && (resolution == null || resolution.equals(Namespace.RESOLUTION_MANDATORY));
  }

  /** A package that is imported and exported by one bundle is its own if nobody else has it. */
  private static boolean providesItself(Resource resource, Requirement requirement) {
    String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
    return resource.getCapabilities(requirement.getNamespace()).stream()
        .anyMatch(own -> filter == null || matches(filter, own.getAttributes()));
  }

  private static boolean matches(String filter, Map<String, Object> attributes) {
    try {
      return FrameworkUtil.createFilter(filter).matches(attributes);
    } catch (InvalidSyntaxException impossible) { // the framework has read it
      return false;
    }
  }

  private Optional<String> missing(Requirement requirement, Set<Resource> seen) {
    Collection<BundleCapability> providers = wiring.findProviders(requirement);
    if (providers.isEmpty()) {
      return Optional.of(named(requirement) + others(requirement));
    }
    List<String> behind = List.of();
    String bundle = "";
    for (BundleCapability provider : providers) {
      BundleRevision revision = provider.getRevision();
      if (revision.getWiring() != null || seen.contains(revision)) {
        return Optional.empty();
      }
      behind = missing(revision, new HashSet<>(seen));
      if (behind.isEmpty()) {
        return Optional.empty();
      }
      bundle = revision.getSymbolicName();
    }
    return Optional.of(
        String.join(" and ", behind) + ", which " + bundle + " needs for " + named(requirement));
  }

  // ---- words -----------------------------------------------------------------------------------

  private static String named(Requirement requirement) {
    String filter = filter(requirement);
    String namespace = requirement.getNamespace();
    String name = found(attribute(namespace, "="), filter);
    return switch (namespace) {
      case PackageNamespace.PACKAGE_NAMESPACE -> of("the package " + name, versions(filter));
      case BundleNamespace.BUNDLE_NAMESPACE -> of("the bundle " + name, versions(filter));
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
          of("the execution environment " + name, versions(filter));
      default -> of("the capability " + namespace, filter);
    };
  }

  private static String of(String what, String which) {
    return which.isEmpty() ? what : what + " " + which;
  }

  private static String filter(Requirement requirement) {
    return requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
  }

  /** The versions of a package that are there, though they do not do. */
  private String others(Requirement requirement) {
    if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
      return "";
    }
    String name = found(attribute(PackageNamespace.PACKAGE_NAMESPACE, "="), filter(requirement));
    String there =
        wiring
            .findProviders(
                new PackageOf("(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + name + ")"))
            .stream()
            .map(capability -> capability.getAttributes().get(Constants.VERSION_ATTRIBUTE))
            .map(String::valueOf)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return there.isEmpty() ? "" : " (there is " + there + ")";
  }

  /** As an import says it; empty if any version does. */
  private static String versions(String filter) {
    String exact = found(VERSION, filter);
    String from = found(FROM, filter.replaceAll(BELOW.pattern(), ""));
    String below = found(BELOW, filter);
    if (!exact.isEmpty() || from.isEmpty() && below.isEmpty()) {
      return exact;
    }
    return below.isEmpty() ? from + " or newer" : "[" + from + "," + below + ")";
  }

  private static String found(Pattern pattern, String filter) {
    Matcher matcher = pattern.matcher(filter);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** A package by its name, whatever its version. */
  private record PackageOf(String filter) implements Requirement {
    @Override
    public String getNamespace() {
      return PackageNamespace.PACKAGE_NAMESPACE;
    }

    @Override
    public Map<String, String> getDirectives() {
      return Map.of(Namespace.REQUIREMENT_FILTER_DIRECTIVE, filter);
    }

    @Override
    public Map<String, Object> getAttributes() {
      return Map.of();
    }

    @Override
    public Resource getResource() {
      return null;
    }
  }
}
