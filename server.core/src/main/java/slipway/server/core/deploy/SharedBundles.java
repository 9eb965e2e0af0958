package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Libraries, as their files need them. Belongs to the deployer's thread. */
interface SharedBundles {

  /**
   * Installs a library, or replaces the one that its file was.
   *
   * @param told told later, on this thread, how it ended: with null for well
   */
  void offer(ServiceJar jar, Path file, BiConsumer<ServiceJar, NotDeployed> told);

  /**
   * What was installed from files when the host ended is installed again, from the copies that are
   * kept; to be called once, after what the first look has found was offered.
   *
   * @param damaged files that are there and cannot be read
   */
  void restore(Collection<Path> damaged);

  /** The file of the library with this content. */
  Optional<Path> file(String digest);

  /** A file has another name now. */
  void renamed(Path file, Path name);

  /**
   * A file is gone, or is no library any more: what it was is uninstalled, unless somebody uses it.
   *
   * @return why it stays, so that it is worth asking again; empty if there is nothing of it left
   * @throws IllegalStateException if it cannot be uninstalled, which is worth another try later
   */
  Optional<String> departed(Path file);
}
