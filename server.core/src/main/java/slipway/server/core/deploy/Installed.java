package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.osgi.framework.Bundle;

/**
 * The versions whose bundles are installed, and which of them serves. The framework and the life of
 * services know a version by the id of its bundle, files and operators by its service.
 *
 * <p>Belongs to the deployer's thread.
 */
final class Installed {

  private final Map<Long, Deployed> byBundle = new TreeMap<>();

  /** The bundle that serves, by service. */
  private final Map<String, Long> serving = new TreeMap<>();

  /** A version is installed, or something about it has changed. */
  void put(Deployed deployed) {
    byBundle.put(deployed.bundle().getBundleId(), deployed);
  }

  /** It is to be uninstalled. */
  void remove(Deployed deployed) {
    byBundle.remove(deployed.bundle().getBundleId());
    endServing(deployed);
  }

  void serves(Deployed deployed) {
    serving.put(deployed.service(), deployed.bundle().getBundleId());
  }

  /** It does not serve any longer; false if it did not before. */
  boolean endServing(Deployed deployed) {
    return serving.remove(deployed.service(), deployed.bundle().getBundleId());
  }

  Optional<Deployed> find(long bundleId) {
    return Optional.ofNullable(byBundle.get(bundleId));
  }

  /** What serves; empty if nothing does that was deployed. */
  Optional<Deployed> serving(String service) {
    return Optional.ofNullable(serving.get(service)).map(byBundle::get);
  }

  /** What serves and came from a file. */
  Optional<Deployed> serving(Path file) {
    return of(file).stream().filter(this::isServing).findFirst();
  }

  private boolean isServing(Deployed deployed) {
    return Long.valueOf(deployed.bundle().getBundleId()).equals(serving.get(deployed.service()));
  }

  /** The versions that came from a file, the oldest first. */
  List<Deployed> of(Path file) {
    return byBundle.values().stream().filter(some -> some.target().equals(file)).toList();
  }

  /** Those of a service, the oldest first. */
  List<Deployed> of(String service) {
    return byBundle.values().stream().filter(some -> some.service().equals(service)).toList();
  }

  /** Those of a service that are older than one of it. */
  List<Deployed> before(Deployed one) {
    return of(one.service()).stream()
        .filter(some -> some.bundle().getBundleId() < one.bundle().getBundleId())
        .toList();
  }

  /** Something about each of the versions that came from a file has changed. */
  void replace(Path file, UnaryOperator<Deployed> change) {
    byBundle.replaceAll((id, some) -> some.target().equals(file) ? change.apply(some) : some);
  }

  /** The bundles of a service that can be refreshed. */
  List<Bundle> bundles(String service) {
    return of(service).stream()
        .map(Deployed::bundle)
        .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
        .toList();
  }
}
