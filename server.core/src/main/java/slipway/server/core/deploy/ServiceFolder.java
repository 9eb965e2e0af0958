package slipway.server.core.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin;
import slipway.net.ControlThread;
import slipway.net.Transport;
import slipway.server.core.connection.Connections;
import slipway.server.core.deploy.Download.Limit;
import slipway.server.core.life.Deployments;
import slipway.server.core.life.ServiceControl;

/**
 * The folder {@code services/}: what lies in it is deployed, by File Install's watch or by an
 * operator's word. All that happens to it is done by one thread, in order.
 */
@Component(service = {ArtifactInstaller.class, DeployAdmin.class})
public final class ServiceFolder implements ArtifactInstaller, DeployAdmin {

  /** No service has such a name. */
  private static final String LIBRARIES = ".libraries";

  private static final long SEEN_SECONDS = 2;
  private static final long OUTCOME_SECONDS = 3700; // the longest start timeout, and some

  private final ServiceControl control;
  private final Path folder;
  private final Path versions;
  private final ControlThread thread = new ControlThread("slipway-deploy");
  private final Unloads unloads;
  private final Deployer deployer;

  /** For Declarative Services. */
  @Activate
  public ServiceFolder(
      BundleContext context,
      @Reference ServiceControl control,
      @Reference Transport transport,
      @Reference Connections connections) {
    String property = context.getProperty("slipway.home");
    Path home = Path.of(property == null ? "" : property).toAbsolutePath().normalize();
    this.control = control;
    this.folder = home.resolve("services");
    this.versions = home.resolve("var").resolve("versions");
    this.unloads =
        new Unloads(
            List.of(transport.tcp().group(), transport.unix().group()),
            new Holders(connections::holdersOf, new LoggedExceptions(context)::thrownIn),
            Clock.systemUTC());
    this.deployer =
        new Deployer(
            context,
            control,
            thread,
            new History(versions),
            unloads,
            new LibraryStore(versions.resolve(LIBRARIES)),
            new Rest(Clock.systemUTC()));
    control.deployedBy(deployer);
  }

  @Deactivate
  void deactivate() {
    control.deployedBy(Deployments.NONE);
    thread.shutdownNow();
  }

  // ---- File Install ----------------------------------------------------------------------------

  /** All jars, also those that cannot be read: they are told of, or are not whole yet. */
  @Override
  public boolean canHandle(File artifact) {
    return artifact.getName().endsWith(".jar") && folder.equals(path(artifact).getParent());
  }

  @Override
  public void install(File artifact) {
    inOrder(() -> deployer.arrived(path(artifact)));
  }

  @Override
  public void update(File artifact) {
    inOrder(() -> deployer.arrived(path(artifact)));
  }

  @Override
  public void uninstall(File artifact) {
    inOrder(() -> deployer.departed(path(artifact)));
  }

  private static Path path(File artifact) {
    return artifact.toPath().toAbsolutePath().normalize();
  }

  /** Returns when it is done, so that the host knows its services when it says that it is ready. */
  private void inOrder(Runnable action) {
    ControlThread.ask(
        thread,
        () -> {
          action.run();
          return null;
        });
  }

  // ---- operators -------------------------------------------------------------------------------

  @Override
  public Plan plan(URI source) throws AdminException {
    try (Download download = Download.of(source, versions, Limit.DEFAULT)) {
      ServiceJar jar = download.jar();
      Path file = file(jar, source);
      return ask(() -> deployer.plan(jar, deployer.target(jar, file)));
    }
  }

  @Override
  public Installation install(URI source, boolean force)
      throws AdminException, InterruptedException {
    try (Download download = Download.of(source, versions, Limit.DEFAULT)) {
      ServiceJar jar = download.jar();
      Path file = file(jar, source);
      Path target = ask(() -> deployer.target(jar, file));
      return jar.service().isPresent()
          ? deploy(jar, target, "install", Download.name(source), force)
          : publish(jar, target, ask(() -> deployer.install(jar, target, force)));
    }
  }

  /** By the name that its source has, if that is one for a jar. */
  private Path file(ServiceJar jar, URI source) {
    String path = source.getPath() == null ? "" : source.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return folder.resolve(
        name.endsWith(".jar") ? name : jar.service().orElse(jar.symbolicName()) + ".jar");
  }

  @Override
  public Deployment rollback(String service) throws AdminException, InterruptedException {
    Deployed now =
        ask(() -> deployer.serving(service))
            .orElseThrow(() -> new AdminException("nothing that was deployed serves " + service));
    List<Deployment> all = history(service);
    boolean passed = false;
    for (Deployment one : all) {
      boolean current = one.digest().equals(now.jar().digest());
      if (passed && !current && !Deployer.hasFailed(one)) {
        ServiceJar jar = kept(one);
        return deploy(jar, now.target(), "rollback", one.source(), false);
      }
      passed |= current;
    }
    throw new AdminException("there is no version of " + service + " before the one that serves");
  }

  private ServiceJar kept(Deployment one) throws AdminException {
    try {
      return deployer.kept(one);
    } catch (IOException gone) {
      throw new AdminException(
          "version " + one.version() + " of " + one.service() + " is not kept any more", gone);
    }
  }

  private Deployment deploy(ServiceJar jar, Path target, String by, String source, boolean force)
      throws AdminException, InterruptedException {
    CompletableFuture<Deployment> outcome =
        ask(() -> deployer.deploy(jar, target, by, source, force));
    return publish(
        jar,
        target,
        outcome.exceptionallyCompose(
            failed ->
                CompletableFuture.failedFuture(
                    new AdminException(
                        jar.service().orElse("")
                            + " "
                            + jar.version()
                            + " was taken out, and the version before serves: "
                            + failed.getMessage(),
                        failed))));
  }

  /** Makes a jar the file's once it has been installed. */
  private <T> T publish(ServiceJar jar, Path target, CompletableFuture<T> outcome)
      throws AdminException, InterruptedException {
    try {
      T done = outcome.get(OUTCOME_SECONDS, SECONDS);
      ask(
          () -> {
            deployer.publish(jar, target);
            return null;
          });
      // a file that is deleted before the watcher has seen it is never told of
      thread.schedule(() -> departIfGone(target), SEEN_SECONDS, SECONDS);
      return done;
    } catch (ExecutionException failed) {
      throw new AdminException(failed.getCause().getMessage(), failed);
    } catch (TimeoutException late) {
      throw new AdminException("the deploy has not ended yet; see libctl history", late);
    }
  }

  private void departIfGone(Path file) {
    if (!Files.exists(file)) {
      deployer.departed(file);
    }
  }

  @Override
  public List<Deployment> history(String service) throws AdminException {
    List<Deployment> newestFirst = new ArrayList<>(ask(() -> deployer.history(service)));
    Collections.reverse(newestFirst);
    if (newestFirst.isEmpty()) {
      throw new AdminException("nothing was deployed for the service " + service);
    }
    return newestFirst;
  }

  @Override
  public List<Leak> leaks() {
    return unloads.leaks();
  }

  /** Asks the deployer's thread. */
  private <T> T ask(Callable<T> question) throws AdminException {
    CompletableFuture<T> answer = ControlThread.ask(thread, () -> answer(question));
    try {
      return answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof AdminException refused) {
        throw refused;
      }
      throw new AdminException(String.valueOf(failed.getCause().getMessage()), failed.getCause());
    }
  }

  private static <T> CompletableFuture<T> answer(Callable<T> question) {
    try {
      return CompletableFuture.completedFuture(question.call());
    } catch (Exception refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
