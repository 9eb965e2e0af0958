package slipway.server.core.life;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Why a bundle's components do not run, in one line. */
final class Diagnosis {

  private final ServiceComponentRuntime components;

  Diagnosis(ServiceComponentRuntime components) {
    this.components = components;
  }

  /** The reason; empty if none is known. */
  String of(Bundle bundle) {
    return components.getComponentDescriptionDTOs(bundle).stream()
        .flatMap(description -> components.getComponentConfigurationDTOs(description).stream())
        .flatMap(Diagnosis::reasons)
        .collect(Collectors.joining("; "));
  }

  private static Stream<String> reasons(ComponentConfigurationDTO component) {
    String name = component.description.name;
    return switch (component.state) {
      case ComponentConfigurationDTO.FAILED_ACTIVATION ->
          Stream.of(name + " failed: " + rootCause(component.failure));
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
          Arrays.stream(component.unsatisfiedReferences)
              .map(reference -> name + " misses its reference " + reference.name);
      case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
          Stream.of(name + " misses its configuration");
      default -> Stream.empty();
    };
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
