package slipway.server.core.watch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import slipway.server.core.watch.Offence.Culprit;
import slipway.service.Service;

/** Finds, by the names of classes, which version of a service they may belong to. */
final class ServiceClasses {

  private static final String CLASS = ".class";

  private final BundleContext context;

  ServiceClasses(BundleContext context) {
    this.context = context;
  }

  /**
   * The version whose code is innermost on a stack.
   *
   * @param stack the innermost frame first
   */
  Optional<Culprit> innermost(List<StackTraceElement> stack) {
    return stack.stream()
        .map(StackTraceElement::getClassName)
        .distinct()
        .flatMap(type -> owners().filter(owner -> owner.has(type)))
        .map(Owner::culprit)
        .findFirst();
  }

  /** A version by what is known of it; empty if it is not there any more. */
  Optional<Culprit> version(String service, String version) {
    return owners()
        .map(Owner::culprit)
        .filter(one -> one.service().equals(service) && one.version().equals(version))
        .findFirst();
  }

  /** The frames of a version's own code. */
  List<StackTraceElement> framesOf(Culprit culprit, List<StackTraceElement> stack) {
    return owners()
        .filter(owner -> owner.culprit().bundleId() == culprit.bundleId())
        .findFirst()
        .map(owner -> stack.stream().filter(frame -> owner.has(frame.getClassName())).toList())
        .orElse(List.of());
  }

  /** The version that a class was loaded by. */
  Optional<Culprit> of(Class<?> type) {
    return owners()
        .filter(owner -> owner.wiring().getClassLoader() == type.getClassLoader())
        .map(Owner::culprit)
        .findFirst();
  }

  /** The version that a class of a name may belong to, of those that are there now. */
  Optional<Culprit> named(String type) {
    return owners().filter(owner -> owner.has(type)).map(Owner::culprit).findFirst();
  }

  private Stream<Owner> owners() {
    return Arrays.stream(context.getBundles()).flatMap(bundle -> Owner.of(bundle).stream());
  }

  private record Owner(Culprit culprit, BundleWiring wiring) {

    static Optional<Owner> of(Bundle bundle) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (wiring == null) {
        return Optional.empty();
      }
      List<BundleCapability> provided = wiring.getCapabilities(Service.NAMESPACE);
      return provided == null || provided.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Owner(
                  new Culprit(
                      String.valueOf(provided.get(0).getAttributes().get("name")),
                      bundle.getVersion().toString(),
                      bundle.getBundleId()),
                  wiring));
    }

    boolean has(String type) {
      int dot = type.lastIndexOf('.');
      String folder = dot < 0 ? "/" : type.substring(0, dot).replace('.', '/');
      return !wiring
          .listResources(folder, type.substring(dot + 1) + CLASS, BundleWiring.LISTRESOURCES_LOCAL)
          .isEmpty();
    }
  }
}
