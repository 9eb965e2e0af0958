package slipway.server.core.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin;
import slipway.server.core.deploy.Download.Limit;
import slipway.service.ServiceNames;

/**
 * Deploying by an operator's word. Everything that can fail is tried before anything is changed;
 * the file in {@code services/} is replaced when the version serves.
 */
@Component
public final class HostDeployAdmin implements DeployAdmin {

  private static final long OUTCOME_SECONDS = 3700; // the longest start timeout, and some

  /** Names of sources that files may have, too. */
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~@-]{0,199}\\.jar");

  private final ServiceFolder folder;

  /** For Declarative Services. */
  @Activate
  public HostDeployAdmin(@Reference ServiceFolder folder) {
    this.folder = folder;
  }

  // ---- installing ------------------------------------------------------------------------------

  @Override
  public Plan plan(URI source) throws AdminException {
    try (Download download = Download.of(source, folder.kept(), Limit.DEFAULT)) {
      ServiceJar jar = download.jar();
      return folder.ask(
          () -> {
            folder.deployer().check(jar);
            Path target = target(jar, source);
            return jar.service().isPresent() ? plan(jar) : folder.libraries().plan(jar, target);
          });
    }
  }

  private Plan plan(ServiceJar jar) {
    String service = jar.service().orElseThrow();
    return new Plan(
        service,
        "",
        jar.version().toString(),
        folder.deployer().serving(service).map(now -> now.jar().version().toString()).orElse(""),
        folder.deployer().touched(service));
  }

  @Override
  public Installation install(URI source, boolean force)
      throws AdminException, InterruptedException {
    try (Download download = Download.of(source, folder.kept(), Limit.DEFAULT)) {
      ServiceJar jar = download.jar();
      Path target =
          folder.ask(
              () -> {
                folder.deployer().check(jar);
                return target(jar, source);
              });
      try (Publication publication = Publication.of(jar.file(), target)) {
        return jar.service().isPresent()
            ? deploy(jar, publication, target, "install", Download.name(source), force)
            : installLibrary(jar, publication, target, force);
      }
    }
  }

  /** The file that a jar is to become: that of what it replaces, or one of its own. */
  private Path target(ServiceJar jar, URI source) throws AdminException {
    String path = source.getPath() == null ? "" : source.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    Path own = folder.folder().resolve(jar.service().orElse(jar.symbolicName()) + ".jar");
    Path wanted = FILE.matcher(name).matches() ? folder.folder().resolve(name) : own;
    Path free = folder.shelf().isTaken(wanted, jar) ? own : wanted;
    Path target =
        jar.service().isPresent()
            ? folder.deployer().serving(jar.service().get()).map(Deployed::target).orElse(free)
            : folder.libraries().target(jar, free);
    if (folder.shelf().isTaken(target, jar)) {
      throw new AdminException(
          "services/"
              + target.getFileName()
              + " is another bundle's file; rename that one, or this jar");
    }
    return target;
  }

  private LibraryInstallation installLibrary(
      ServiceJar jar, Publication publication, Path target, boolean force)
      throws AdminException, InterruptedException {
    LibraryInstallation done =
        await(folder.ask(() -> folder.libraries().install(jar, target, force)));
    try {
      commit(jar, publication, target);
      return done;
    } catch (IOException failed) {
      throw new AdminException(
          Publication.refusal(target, failed)
              + "; "
              + jar.shown()
              + " is installed until the host ends",
          failed);
    }
  }

  private Deployment deploy(
      ServiceJar jar, Publication publication, Path target, String by, String source, boolean force)
      throws AdminException, InterruptedException {
    Optional<Deployed> before =
        folder.ask(() -> folder.deployer().serving(jar.service().orElseThrow()));
    Deployed deployed = folder.ask(() -> folder.deployer().deploy(jar, target, by, source, force));
    Deployment done;
    try {
      done = await(deployed.outcome()).shown();
    } catch (AdminException failed) {
      throw new AdminException(
          jar.shown() + " was taken out, and the version before serves: " + failed.getMessage(),
          failed);
    }
    try {
      commit(jar, publication, target);
      return done;
    } catch (IOException failed) {
      takeBack(target, before);
      throw new AdminException(
          Publication.refusal(target, failed)
              + "; "
              + before.map(old -> old.jar().shown() + " serves again").orElse("it is taken away"),
          failed);
    }
  }

  private void commit(ServiceJar jar, Publication publication, Path target)
      throws IOException, AdminException {
    IOException failed =
        folder.ask(
            () -> {
              try {
                publication.commit();
                folder.shelf().published(target, jar);
                return null;
              } catch (IOException unwritten) {
                return unwritten;
              }
            });
    if (failed != null) {
      throw failed;
    }
  }

  /** What serves is to be what a start would find. */
  private void takeBack(Path target, Optional<Deployed> before)
      throws AdminException, InterruptedException {
    if (before.isEmpty()) {
      folder.ask(
          () -> {
            folder.deployer().withdraw(target, any -> true);
            return null;
          });
      return;
    }
    Deployed old = before.get();
    await(
        folder
            .ask(
                () ->
                    folder
                        .deployer()
                        .deploy(old.jar(), target, "rollback", old.entry().source(), true))
            .outcome());
  }

  private static <T> T await(CompletableFuture<T> outcome)
      throws AdminException, InterruptedException {
    try {
      return outcome.get(OUTCOME_SECONDS, SECONDS);
    } catch (ExecutionException failed) {
      throw ServiceFolder.refusal(failed.getCause());
    } catch (TimeoutException late) {
      throw new AdminException("the deploy has not ended yet; see libctl history", late);
    }
  }

  // ---- going back ------------------------------------------------------------------------------

  @Override
  public Deployment rollback(String text) throws AdminException, InterruptedException {
    String service = name(text);
    Deployed now =
        folder
            .ask(() -> folder.deployer().serving(service))
            .orElseThrow(() -> new AdminException("nothing that was deployed serves " + service));
    Entry before = before(service, now);
    ServiceJar jar = kept(before);
    try (Publication publication = Publication.of(jar.file(), now.target())) {
      return deploy(jar, publication, now.target(), "rollback", before.source(), false);
    }
  }

  private Entry before(String service, Deployed now) throws AdminException {
    List<Entry> all = new ArrayList<>(folder.ask(() -> folder.history().of(service)));
    Collections.reverse(all);
    boolean passed = false;
    for (Entry one : all) {
      boolean current = now.has(one.digest());
      boolean served = one.outcome() == Outcome.REPLACED || one.outcome() == Outcome.REMOVED;
      if (passed && !current && served) {
        return one;
      }
      passed |= current;
    }
    throw new AdminException("there is no version of " + service + " before the one that serves");
  }

  private ServiceJar kept(Entry one) throws AdminException {
    try {
      return folder.history().kept(one);
    } catch (IOException gone) {
      throw new AdminException(
          "version " + one.version() + " of " + one.service() + " is not kept any more", gone);
    }
  }

  // ---- looking ---------------------------------------------------------------------------------

  @Override
  public List<Deployment> history(String text) throws AdminException {
    String service = name(text);
    List<Deployment> newestFirst =
        new ArrayList<>(
            folder.ask(() -> folder.history().of(service).stream().map(Entry::shown).toList()));
    Collections.reverse(newestFirst);
    if (newestFirst.isEmpty()) {
      throw new AdminException("nothing was deployed for the service " + service);
    }
    return newestFirst;
  }

  private static String name(String text) throws AdminException {
    return ServiceNames.parse(text)
        .orElseThrow(
            () -> new AdminException("service " + text + ": allowed is " + ServiceNames.FORM));
  }

  @Override
  public List<Refused> refused() {
    return folder.refused();
  }

  @Override
  public List<Leak> leaks() {
    return folder.leaks();
  }
}
