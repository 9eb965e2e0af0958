package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** The versions of services, as their files need them. Belongs to the deployer's thread. */
interface Versions {

  /**
   * Installs a jar as a new version of its service.
   *
   * @param target the file in {@code services/} that it is, or is to become
   * @throws NotDeployed if it was refused; what serves was not touched then
   */
  Deployed deploy(ServiceJar jar, Path target, String by, String source, boolean force)
      throws NotDeployed;

  /** Takes away what came from a file, as far as its service passes. */
  void withdraw(Path file, Predicate<String> services);

  /** A file has another name now. */
  void renamed(Path file, Path name);

  /** What serves; empty if nothing does that was deployed. */
  Optional<Deployed> serving(String service);

  /** What serves and came from a file. */
  Optional<Deployed> serving(Path file);
}
