package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/**
 * Which libraries are installed, from which files, and who uses them; with a copy of each, and a
 * list on disk of what they are. Installs nothing.
 *
 * <p>Belongs to the deployer's thread.
 */
final class SharedLibraries {

  private final Wiring wiring;
  private final LibraryStore store;
  private final Function<Bundle, Optional<Deployed>> services;
  private final Map<Path, Library> libraries = new TreeMap<>();
  private boolean complete;

  /**
   * Makes it, with no libraries yet.
   *
   * @param services finds the service that a bundle is, if it was deployed
   */
  SharedLibraries(
      Wiring wiring, LibraryStore store, Function<Bundle, Optional<Deployed>> services) {
    this.wiring = wiring;
    this.store = store;
    this.services = services;
  }

  // ---- what there is ---------------------------------------------------------------------------

  /** The library that a file is; empty if it is none. */
  Optional<Library> of(Path file) {
    return Optional.ofNullable(libraries.get(file));
  }

  /** The file of the library with this content. */
  Optional<Path> file(String digest) {
    return files().filter(file -> libraries.get(file).has(digest)).findFirst();
  }

  /** The file of the library with this symbolic name. */
  Optional<Path> named(String symbolicName) {
    return files()
        .filter(file -> libraries.get(file).jar().symbolicName().equals(symbolicName))
        .findFirst();
  }

  private Stream<Path> files() {
    return libraries.keySet().stream();
  }

  /** A library is installed, or has another content. */
  void put(Path file, Library library) {
    libraries.put(file, library);
    save();
  }

  /** A file has another name now; false if it is no library. */
  boolean rename(Path file, Path name) {
    Library library = libraries.remove(file);
    if (library != null) {
      put(name, library);
    }
    return library != null;
  }

  void remove(Path file) {
    libraries.remove(file);
    save();
  }

  // ---- copies ----------------------------------------------------------------------------------

  /** Keeps a jar; returns the copy, which {@link #save} drops unless it is installed by then. */
  ServiceJar keep(ServiceJar jar) throws NotDeployed {
    try {
      return store.keep(jar);
    } catch (IOException failed) {
      throw NotDeployed.unkept(failed);
    }
  }

  /**
   * Makes sure that a library could be put back: a copy that is damaged is made anew from its file.
   *
   * @throws NotDeployed if it could not
   */
  void secure(Library library, Path file) throws NotDeployed {
    try {
      store.keep(library.jar().at(file));
    } catch (IOException lost) {
      throw NotDeployed.refused(
          library.jar().symbolicName()
              + " "
              + library.version()
              + " stays, as its copy in var/versions is damaged, and it could not be put back; it"
              + " can be replaced while the host does not run");
    }
  }

  /**
   * The copy of the library that a file was when the host ended, if that is not installed.
   *
   * @throws IOException if it cannot be read, or is damaged
   */
  Optional<ServiceJar> lost(Path file) throws IOException {
    return store.kept(file).filter(jar -> file(jar.digest()).isEmpty()); // it may have been renamed
  }

  /** A start has had what is kept of the time before it, so copies can be dropped from now on. */
  void complete() {
    complete = true;
    save();
  }

  /** Notes what is installed, and drops the copies of everything else. */
  void save() {
    if (complete) {
      Map<Path, String> digests = new TreeMap<>();
      libraries.forEach((file, library) -> digests.put(file, library.jar().digest()));
      store.retain(digests);
    }
  }

  // ---- who uses whom ---------------------------------------------------------------------------

  /** The bundles that are refreshed with a library. */
  List<Bundle> users(Library library) {
    return wiring.dependents(List.of(library.bundle()));
  }

  /** Those of them that came from elsewhere: the host itself cannot be stopped for a while. */
  List<Bundle> outsiders(List<Bundle> users) {
    return users.stream()
        .filter(user -> service(user).isEmpty())
        .filter(user -> libraries.values().stream().noneMatch(some -> some.bundle() == user))
        .toList();
  }

  /** The services among bundles, in the order of their names. */
  List<String> services(List<Bundle> bundles) {
    return bundles.stream()
        .map(this::service)
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .toList();
  }

  /** The service that a bundle is a version of; empty if it is none, or was not deployed. */
  Optional<String> service(Bundle bundle) {
    return services.apply(bundle).map(Deployed::service);
  }

  /** Bundles as operators know them: by their services, and libraries by their symbolic names. */
  List<String> names(List<Bundle> bundles) {
    return bundles.stream()
        .map(bundle -> service(bundle).orElseGet(bundle::getSymbolicName))
        .distinct()
        .sorted()
        .toList();
  }
}
