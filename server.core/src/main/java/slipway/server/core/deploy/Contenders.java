package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.deploy.FileState.Fate;

/**
 * Which of the files that provide a service serves it: the one that was deployed last. The others
 * are spares, and the one with the highest version takes its place when it goes.
 *
 * <p>Belongs to the deployer's thread.
 */
final class Contenders {

  private static final Logger LOG = LoggerFactory.getLogger(Contenders.class);

  private final ShelfFiles files;
  private final Refusals refusals;
  private final Versions versions;

  Contenders(ShelfFiles files, Refusals refusals, Versions versions) {
    this.files = files;
    this.refusals = refusals;
    this.versions = versions;
  }

  // ---- files that come -------------------------------------------------------------------------

  /** A file has a content that it did not have before: it is deployed, unless it serves already. */
  void offer(Path file, ServiceJar jar) {
    String service = jar.service().orElseThrow();
    Optional<Deployed> serving =
        versions.serving(service).filter(deployed -> deployed.has(jar.digest()));
    if (serving.isEmpty()) {
      deploy(file, jar);
      return;
    }
    Path target = serving.get().target();
    if (!target.equals(file) && !files.isThere(target)) {
      LOG.info("{}: {} is {} now", service, target.getFileName(), file.getFileName());
      files.forget(target);
      versions.renamed(target, file);
      target = file;
    }
    files.put(file, jar, target.equals(file) ? Fate.SERVES : Fate.SPARE);
    supplant(file, service);
    refusals.clear(service);
    rank(service);
  }

  /** Installs a file's content; false if it was refused, which is told then. */
  boolean deploy(Path file, ServiceJar jar) {
    try {
      versions.deploy(jar, file, "file", file.getFileName().toString(), false);
      files.put(file, jar, Fate.TRIED);
      supplant(file, jar.service().orElseThrow());
      return true;
    } catch (NotDeployed refused) {
      if (files.hasChanged(file)) { // what was refused is not there any more
        files.await(file);
      } else {
        refusals.refuse(file, Optional.of(jar), refused);
      }
      return false;
    }
  }

  /** A file was written here: it is what was deployed before. */
  void published(Path file, ServiceJar jar) {
    files.written(file, jar, Fate.SERVES);
    supplant(file, jar.service().orElseThrow());
    rank(jar.service().orElseThrow());
  }

  /** A file provides another service than before: that one is taken away. */
  private void supplant(Path file, String service) {
    versions
        .serving(file)
        .map(Deployed::service)
        .filter(before -> !before.equals(service))
        .ifPresent(
            before -> {
              LOG.warn(
                  "{}: {} provides {} now, and no longer {}, which is taken away",
                  before,
                  file.getFileName(),
                  service,
                  before);
              deploySpare(before, file);
            });
    versions.withdraw(file, before -> !before.equals(service));
  }

  // ---- files that go ---------------------------------------------------------------------------

  /** A file is gone: what it served is served by a spare, if there is one. May be run again. */
  void depart(Path file) {
    Optional<String> serves = versions.serving(file).map(Deployed::service);
    Optional<String> service = serves.or(() -> files.state(file).flatMap(FileState::service));
    files.forget(file); // first, so that it is read anew if it comes back whatever fails here
    service.ifPresent(refusals::clear);
    serves.ifPresent(name -> deploySpare(name, file));
    versions.withdraw(file, any -> true);
  }

  /**
   * Deploys a spare in the place of a file: the highest version that is not refused.
   *
   * @return false if there is none
   */
  boolean deploySpare(String service, Path instead) {
    Optional<Path> spare = files.spare(service, instead);
    while (spare.isPresent()) { // one that is refused is no spare any more
      if (deploy(spare.get(), files.jar(spare.get()))) {
        LOG.warn("{}: {} takes its place", service, spare.get().getFileName());
        return true;
      }
      spare = files.spare(service, instead);
    }
    return false;
  }

  // ---- what becomes of them --------------------------------------------------------------------

  /** A version serves, which is a file's, or the copy of what served before. */
  void serves(Deployed deployed) {
    if (files.become(deployed.target(), deployed.jar().digest(), Fate.SERVES)) {
      refusals.clear(deployed.service());
      rank(deployed.service());
    }
  }

  /** Says which of several files serves, and makes the others spares. */
  private void rank(String service) {
    List<Path> all = files.all(state -> !state.isRefused() && state.provides(service));
    Optional<Path> serving = versions.serving(service).map(Deployed::target);
    if (all.size() < 2 || serving.isEmpty()) {
      return;
    }
    for (Path file : all) {
      boolean served = files.state(file).filter(state -> state.is(Fate.SERVES)).isPresent();
      if (served && !file.equals(serving.get())) {
        files.become(file, files.jar(file).digest(), Fate.SPARE);
      }
    }
    LOG.warn(
        "{}: {} provide it, and {} serves: take the others away",
        service,
        all.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", ")),
        serving.get().getFileName());
  }
}
