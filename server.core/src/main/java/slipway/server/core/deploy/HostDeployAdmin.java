package slipway.server.core.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin;
import slipway.server.core.deploy.Download.Limit;
import slipway.server.core.life.ServiceQueries;
import slipway.service.ServiceNames;
import slipway.thread.ControlThread;

/**
 * Deploying by an operator's word. Everything that can fail is tried before anything is changed;
 * the file in {@code services/} is replaced when the version serves.
 */
@Component
public final class HostDeployAdmin implements DeployAdmin {

  /** Names of sources that files may have, too. */
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~@-]{0,199}\\.jar");

  private final ServiceFolder folder;
  private final Patience patience = new Patience();

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
            folder.planner().check(jar);
            Path target = target(jar, source);
            return jar.service().isPresent()
                ? folder.planner().plan(jar, folder.control().queries()::runs)
                : folder.libraries().plan(jar, target);
          });
    }
  }

  @Override
  public Installation install(URI source, boolean force, Consumer<String> awaited)
      throws AdminException, InterruptedException {
    awaited.accept("the jar to be read");
    try (Download download = Download.of(source, folder.kept(), Limit.DEFAULT)) {
      ServiceJar jar = download.jar();
      Path target =
          folder.ask(
              () -> {
                folder.planner().check(jar);
                return target(jar, source);
              });
      Delivery delivery = new Delivery(folder, jar, Publication.of(jar.file(), target), target);
      return jar.service().isPresent()
          ? deploy(jar, delivery, "install", Download.name(source), force, awaited)
          : installLibrary(jar, delivery, force, awaited);
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
      ServiceJar jar, Delivery delivery, boolean force, Consumer<String> awaited)
      throws AdminException, InterruptedException {
    CompletableFuture<LibraryInstallation> end =
        ControlThread.ask(folder.thread(), () -> delivery.install(force));
    return patience.await(
        "the installation of " + jar.shown(),
        end,
        () -> folder.control().queries().suspended(folder.libraries().suspended()),
        awaited,
        "bin/slipway logs");
  }

  private Deployment deploy(
      ServiceJar jar,
      Delivery delivery,
      String by,
      String source,
      boolean force,
      Consumer<String> awaited)
      throws AdminException, InterruptedException {
    String service = jar.service().orElseThrow();
    ServiceQueries queries = folder.control().queries();
    Delivery.Version version = folder.ask(() -> delivery.deploy(by, source, force));
    Deployment done =
        patience.await(
            "the deploy of " + jar.shown(),
            version.end(),
            () -> queries.awaited(service, version.bundle()),
            awaited,
            "libctl history " + service);
    return done.tookOver(queries.tookOver(service, version.bundle()));
  }

  // ---- going back ------------------------------------------------------------------------------

  @Override
  public Deployment rollback(String text, Consumer<String> awaited)
      throws AdminException, InterruptedException {
    String service = name(text);
    Deployed now =
        folder
            .ask(() -> folder.deployer().serving(service))
            .orElseThrow(() -> new AdminException("nothing that was deployed serves " + service));
    Entry before =
        folder
            .ask(() -> folder.history().before(service, now.jar().digest()))
            .orElseThrow(
                () ->
                    new AdminException(
                        "there is no version of " + service + " before the one that serves"));
    ServiceJar jar = kept(before);
    Path target = now.target();
    Delivery delivery = new Delivery(folder, jar, Publication.of(jar.file(), target), target);
    return deploy(jar, delivery, "rollback", before.source(), false, awaited);
  }

  /** Read here and not in the deployer's thread, as it may be large. */
  private ServiceJar kept(Entry one) throws AdminException {
    try {
      return folder.history().kept(one);
    } catch (IOException lost) {
      return folder.ask(() -> again(one, lost));
    }
  }

  /** A file that is a spare may have the content of a copy that is gone or damaged. */
  private ServiceJar again(Entry one, IOException lost) throws AdminException, IOException {
    ServiceJar file = folder.shelf().content(one.digest()).orElseThrow(() -> refusal(one, lost));
    return folder.history().keep(one.service(), file);
  }

  private static AdminException refusal(Entry one, IOException lost) {
    String version = "version " + one.version() + " of " + one.service();
    return lost instanceof NoSuchFileException
        ? new AdminException(version + " is not kept any more", lost)
        : new AdminException(version + " cannot be gone back to: " + Trouble.of(lost), lost);
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
