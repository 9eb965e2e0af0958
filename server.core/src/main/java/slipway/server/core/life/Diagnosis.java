package slipway.server.core.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import slipway.service.Service;

/** Why a bundle's components do not run, in one line. May be used from any thread. */
final class Diagnosis {

  private final ServiceComponentRuntime components;

  Diagnosis(ServiceComponentRuntime components) {
    this.components = components;
  }

  /** The reason; empty if none is known. */
  String of(Bundle bundle) {
    return descriptions(bundle).stream()
        .flatMap(this::configurations)
        .flatMap(Diagnosis::reasons)
        .collect(Collectors.joining("; "));
  }

  /** Whether a bundle has components. */
  boolean hasComponents(Bundle bundle) {
    return !descriptions(bundle).isEmpty();
  }

  /**
   * Why a bundle that is started will never register a service: its component has failed, or none
   * of them is a service.
   *
   * @return one line; empty if it may do so yet
   */
  Optional<String> hopeless(Bundle bundle) {
    Collection<ComponentDescriptionDTO> all = descriptions(bundle);
    if (all.isEmpty() || bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATOR) != null) {
      return Optional.empty(); // it may register it in its own way
    }
    List<ComponentDescriptionDTO> services =
        all.stream().filter(some -> provides(some, Service.class.getName())).toList();
    if (services.isEmpty()) {
      return Optional.of(
          all.stream().map(some -> some.name).sorted().collect(Collectors.joining(", "))
              + " is not registered as a "
              + Service.class.getName()
              + ": it needs @Component(service = Service.class)");
    }
    return services.stream()
        .flatMap(this::configurations)
        .filter(some -> some.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
        .flatMap(Diagnosis::reasons)
        .findFirst();
  }

  /** Whether a component of a bundle declares a property of a value. */
  boolean declares(Bundle bundle, String property, Object value) {
    return descriptions(bundle).stream()
        .anyMatch(component -> value.equals(component.properties.get(property)));
  }

  /**
   * Which reference keeps a bundle from registering a service, if nothing at all could provide it:
   * it is not registered, and no component of any bundle declares it.
   *
   * @return one line; empty if there is no such reference
   */
  Optional<String> missing(Bundle bundle) {
    return descriptions(bundle).stream()
        .filter(some -> provides(some, Service.class.getName()))
        .map(some -> missing(some, new HashSet<>()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * The same for one component.
   *
   * @param seen those that are being looked at; components may reference each other
   */
  private Optional<String> missing(ComponentDescriptionDTO component, Set<String> seen) {
    if (!seen.add(component.name)) {
      return Optional.empty();
    }
    return configurations(component)
        .filter(some -> some.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
        .flatMap(some -> Arrays.stream(some.unsatisfiedReferences))
        .map(reference -> missing(component, reference, seen))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> missing(
      ComponentDescriptionDTO component, UnsatisfiedReferenceDTO reference, Set<String> seen) {
    Optional<String> wanted = type(component, reference);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    List<String> behind = new ArrayList<>();
    for (ComponentDescriptionDTO other : components.getComponentDescriptionDTOs()) {
      if (provides(other, wanted.get())) {
        Optional<String> lacks = missing(other, seen);
        if (lacks.isEmpty()) {
          return Optional.empty();
        }
        behind.add(lacks.get());
      }
    }
    String lacks = lacks(component, reference);
    return Optional.of(
        behind.isEmpty()
            ? lacks + ", which nobody provides"
            : lacks + ": " + String.join("; ", behind));
  }

  // ---- what the runtime says -------------------------------------------------------------------

  private Collection<ComponentDescriptionDTO> descriptions(Bundle bundle) {
    return components.getComponentDescriptionDTOs(bundle);
  }

  private Stream<ComponentConfigurationDTO> configurations(ComponentDescriptionDTO component) {
    return components.getComponentConfigurationDTOs(component).stream();
  }

  private static boolean provides(ComponentDescriptionDTO component, String type) {
    return Arrays.asList(component.serviceInterfaces).contains(type);
  }

  private static Stream<String> reasons(ComponentConfigurationDTO component) {
    String name = component.description.name;
    return switch (component.state) {
      case ComponentConfigurationDTO.FAILED_ACTIVATION ->
          Stream.of(name + " failed: " + rootCause(component.failure));
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
          Arrays.stream(component.unsatisfiedReferences)
              .map(reference -> lacks(component.description, reference));
      case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
          Stream.of(name + " lacks its configuration");
      default -> Stream.empty();
    };
  }

  /** With the type, as references of a constructor may have generated names. */
  private static String lacks(
      ComponentDescriptionDTO component, UnsatisfiedReferenceDTO reference) {
    String named = reference.name.startsWith("$") ? "" : " " + reference.name;
    String target = reference.target == null ? "" : " with " + reference.target;
    return component.name
        + " lacks its reference"
        + named
        + type(component, reference).map(type -> " to " + type).orElse("")
        + target;
  }

  private static Optional<String> type(
      ComponentDescriptionDTO component, UnsatisfiedReferenceDTO reference) {
    return Arrays.stream(component.references)
        .filter(declared -> declared.name.equals(reference.name))
        .map((ReferenceDTO declared) -> declared.interfaceName)
        .findFirst();
  }

  /** The last cause's line of a printed stack trace. */
  private static String rootCause(String stackTrace) {
    if (stackTrace == null) {
      return "see the log";
    }
    return stackTrace
        .lines()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce((first, last) -> last)
        .map(line -> line.substring("Caused by: ".length()))
        .orElseGet(() -> stackTrace.lines().findFirst().orElse("see the log"));
  }
}
