package slipway.server.core.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.DeployAdmin;

/**
 * Which files are not deployed, and why: logged once, listed for operators, and remarked upon at
 * the service that such a file was to serve. When a file is tried again is in its {@link
 * FileState}.
 *
 * <p>Belongs to the deployer's thread.
 */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final ShelfFiles files;
  private final Versions versions;
  private final BiConsumer<String, String> remark;

  /**
   * Makes it, with nothing refused.
   *
   * @param remark tells operators something about a service; an empty text takes it back
   */
  Refusals(ShelfFiles files, Versions versions, BiConsumer<String, String> remark) {
    this.files = files;
    this.versions = versions;
    this.remark = remark;
  }

  /** An error of ours costs the file that met it, and does not end the watch. */
  void guarded(Path file, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      LOG.error("{} cannot be deployed", file.getFileName(), failure);
      refuse(
          file,
          Optional.empty(),
          NotDeployed.refused("an error in the host, see the log: " + failure));
    }
  }

  /** A file is refused. */
  void refuse(Path file, Optional<ServiceJar> jar, NotDeployed refusal) {
    if (files.refuse(file, jar, refusal)) {
      LOG.error("{} was not deployed: {}", file.getFileName(), refusal.getMessage());
    }
    jar.flatMap(ServiceJar::service)
        .flatMap(versions::serving)
        .or(() -> versions.serving(file))
        .map(Deployed::service)
        .ifPresent(service -> tell(service, file, refusal.getMessage()));
  }

  /** The life of its service has told that a file failed. */
  void noteFailed(Deployed deployed, NotDeployed reason) {
    Path file = deployed.target();
    files
        .state(file)
        .filter(state -> state.has(deployed.jar().digest()))
        .ifPresent(state -> files.refuse(file, state.jar(), reason));
  }

  /** Says at a service why a file of it is not deployed. */
  void tell(String service, Path file, String reason) {
    remark.accept(service, file.getFileName() + " was not deployed: " + reason);
  }

  /** Says it of a file that is refused; of one that arrives it is told when it does not come. */
  void tell(String service, Path file) {
    if (files.state(file).orElse(null) instanceof FileState.Refused refused) {
      tell(service, file, refused.reason());
    }
  }

  /** There is nothing more to say of a service, unless a file of it is refused. */
  void clear(String service) {
    if (files.all(state -> state.isRefused() && state.provides(service)).isEmpty()) {
      remark.accept(service, "");
    }
  }

  /** As operators see it. */
  List<DeployAdmin.Refused> shown() {
    List<DeployAdmin.Refused> shown = new ArrayList<>();
    files.forEach(
        (file, state) -> {
          if (state instanceof FileState.Refused refused) {
            shown.add(
                new DeployAdmin.Refused(
                    file.getFileName().toString(), state.service().orElse(""), refused.reason()));
          }
        });
    return shown;
  }
}
