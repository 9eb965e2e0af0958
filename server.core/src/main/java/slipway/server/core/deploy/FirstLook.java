package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import slipway.server.core.deploy.FileState.Fate;

/**
 * The first look after a start: what served when the host ended serves again; then what is new is
 * tried beside it, and what had failed is tried once more.
 *
 * <p>Belongs to the deployer's thread.
 */
final class FirstLook {

  private final ShelfFiles files;
  private final Refusals refusals;
  private final Contenders contenders;
  private final Restoration restoration;

  FirstLook(ShelfFiles files, Refusals refusals, Contenders contenders, Restoration restoration) {
    this.files = files;
    this.refusals = refusals;
    this.contenders = contenders;
    this.restoration = restoration;
  }

  /**
   * Does it.
   *
   * @param news the files that provide services, and their contents
   */
  void restore(Map<Path, ServiceJar> news) {
    restoration.unserved(news.values());
    Map<String, Map<Path, ServiceJar>> services = new TreeMap<>();
    news.forEach(
        (file, jar) ->
            services
                .computeIfAbsent(jar.service().orElseThrow(), name -> new TreeMap<>())
                .put(file, jar));
    services.forEach(
        (service, jars) -> {
          Path file = restoration.chosen(service, jars);
          refusals.guarded(file, () -> restore(service, file, jars));
        });
    restoration.lost(services.keySet()).forEach(this::fallBack);
  }

  private void restore(String service, Path file, Map<Path, ServiceJar> jars) {
    jars.forEach((other, jar) -> files.put(other, jar, Fate.SPARE));
    ServiceJar jar = jars.get(file);
    Optional<Entry> damaged = restoration.served(service).filter(this::isDamaged);
    if (damaged.isPresent() && !damaged.get().digest().equals(jar.digest())) {
      fallBack(damaged.get()); // its file is there, and the others have not served
    } else {
      restoration.beside(service, file, jar);
      if (!contenders.deploy(file, jar) && restoration.served(service).isEmpty()) {
        contenders.deploySpare(service, file);
      }
      jars.remove(file);
    }
    restoration.failed(jars).forEach(again -> refusals.guarded(again, () -> retry(again, service)));
  }

  /** Tries what has failed before the start once more, beside what served. */
  private void retry(Path file, String service) {
    if (!contenders.deploy(file, files.jar(file))) {
      refusals.tell(service, file);
    }
  }

  /** No file that can be read provides what served: its file may be there all the same. */
  private void fallBack(Entry served) {
    if (!isDamaged(served)) {
      restoration.end(served);
      return;
    }
    Path file = files.named(served.file());
    refusals.guarded(
        file,
        () -> {
          restoration.again(served, file);
          refusals.tell(served.service(), file);
        });
  }

  /** Whether the file that a version was is there and cannot be read. */
  private boolean isDamaged(Entry served) {
    return !served.file().isEmpty()
        && files
            .state(files.named(served.file()))
            .filter(state -> state.jar().isEmpty())
            .isPresent();
  }
}
