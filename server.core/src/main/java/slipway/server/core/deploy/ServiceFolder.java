package slipway.server.core.deploy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.Leak;
import slipway.admin.DeployAdmin.Refused;
import slipway.net.Transport;
import slipway.server.core.connection.Connections;
import slipway.server.core.life.Deployments;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.life.ShippedLibraries;
import slipway.server.core.unload.Unloads;
import slipway.thread.ControlThread;

/**
 * The folder {@code services/}: puts its parts together, and lets them look at it from the moment
 * when the framework has started. All that happens to it is done by one thread, in order.
 */
@Component(service = ServiceFolder.class, immediate = true)
public final class ServiceFolder implements FrameworkListener, BundleListener {

  /** No service has such a name. */
  private static final String LIBRARIES = ".libraries";

  /** How often it is looked at, in milliseconds; the watcher of {@code conf/} reads it, too. */
  private static final String POLL = "felix.fileinstall.poll";

  private static final long DEFAULT_POLL = 250;

  private final BundleContext context;
  private final ServiceControl control;
  private final Path folder;
  private final Path kept;
  private final ScheduledExecutorService thread = ControlThread.named("slipway-deploy");
  private final History history;
  private final Unloads unloads;
  private final Planner planner;
  private final Deployer deployer;
  private final Libraries libraries;
  private final Shelf shelf;
  private boolean watches;

  /** For Declarative Services. */
  @Activate
  public ServiceFolder(
      BundleContext context,
      @Reference ServiceControl control,
      @Reference Transport transport,
      @Reference Connections connections,
      @Reference ShippedLibraries shipped) {
    this.context = context;
    this.control = control;
    String property = context.getProperty("slipway.home");
    Path home = Path.of(property == null ? "" : property).toAbsolutePath().normalize();
    this.folder = home.resolve("services");
    this.kept = home.resolve("var").resolve("versions");
    this.unloads =
        new Unloads(
            context,
            loops(transport),
            Locations::isOfHostOrService,
            connections::holdersOf,
            connections::ownThreads,
            Clock.systemUTC());
    this.history = new History(kept, Clock.systemUTC());
    Wiring wiring = new Wiring(context);
    Installed installed = new Installed();
    this.planner = new Planner(context, wiring, installed, shipped);
    this.deployer =
        new Deployer(context, control, thread, history, unloads, planner, wiring, installed);
    SharedLibraries shared =
        new SharedLibraries(
            wiring,
            new LibraryStore(kept.resolve(LIBRARIES)),
            bundle -> installed.find(bundle.getBundleId()));
    LibrarySwap swap = new LibrarySwap(control, thread, unloads, shipped, wiring, shared);
    this.libraries = new Libraries(context, control, thread, unloads, wiring, shared, swap);
    this.shelf =
        new Shelf(
            new FolderLook(folder),
            deployer,
            libraries,
            new Restoration(history, deployer),
            control::remark,
            Clock.systemUTC(),
            System::nanoTime);
    deployer.tell(shelf);
    control.deployedBy(deployer);
    context.addBundleListener(this);
    context.addFrameworkListener(this);
    if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE) {
      watch();
    }
  }

  /** Handlers run on all of them: those of operators' services on those that accept, too. */
  private static List<EventLoopGroup> loops(Transport transport) {
    return Stream.of(transport.tcp(), transport.unix(), transport.operators())
        .flatMap(loops -> Stream.of(loops.accepting(), loops.group()))
        .distinct()
        .toList();
  }

  @Deactivate
  void deactivate() {
    context.removeFrameworkListener(this);
    context.removeBundleListener(this);
    control.deployedBy(Deployments.NONE);
    thread.shutdownNow();
  }

  // ---- what makes it look ----------------------------------------------------------------------

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      watch();
    }
  }

  private synchronized void watch() {
    if (!watches) {
      watches = true;
      thread.execute(() -> Publication.sweep(folder));
      thread.scheduleWithFixedDelay(shelf::look, 0, poll(), MILLISECONDS);
    }
  }

  private long poll() {
    String text = context.getProperty(POLL);
    return text == null ? DEFAULT_POLL : Long.parseLong(text);
  }

  /**
   * Bundles that came from elsewhere, and services that share packages, can be what others lack.
   */
  @Override
  public void bundleChanged(BundleEvent event) {
    boolean service = Locations.isService(event.getBundle());
    boolean news =
        service
            ? event.getType() == BundleEvent.RESOLVED && exports(event.getBundle())
            : (event.getType() & (BundleEvent.INSTALLED | BundleEvent.UPDATED)) != 0;
    if (news) {
      thread.execute(shelf::packagesChanged);
    }
    if (news && !service) {
      control.packagesChanged();
    }
  }

  private static boolean exports(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.EXPORT_PACKAGE) != null;
  }

  // ---- for those who use it --------------------------------------------------------------------

  /** Whether the first look is over, and it is known of each file what has become of it. */
  public boolean isSettled() {
    return shelf.isSettled();
  }

  /** The files that are not deployed. */
  public List<Refused> refused() {
    return shelf.refused();
  }

  /** How many versions of each service are gone for some time and still in memory. */
  Map<String, Long> staying(Duration since) {
    return unloads.staying(since);
  }

  List<Leak> leaks() {
    return unloads.leaks();
  }

  /** The versions that the last search for leaks has found and that are still in memory. */
  public List<Leak> knownLeaks() {
    return unloads.known();
  }

  /** Where the folder is. */
  Path folder() {
    return folder;
  }

  /** Where versions are kept. */
  Path kept() {
    return kept;
  }

  ScheduledExecutorService thread() {
    return thread;
  }

  ServiceControl control() {
    return control;
  }

  Planner planner() {
    return planner;
  }

  Deployer deployer() {
    return deployer;
  }

  Libraries libraries() {
    return libraries;
  }

  History history() {
    return history;
  }

  Shelf shelf() {
    return shelf;
  }

  /** Asks the deployer's thread; what it refuses is an operator's to read. */
  <T> T ask(Callable<T> question) throws AdminException {
    CompletableFuture<T> answer = ControlThread.ask(thread, () -> answer(question));
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw refusal(failed.getCause());
    }
  }

  private static <T> CompletableFuture<T> answer(Callable<T> question) {
    try {
      return CompletableFuture.completedFuture(question.call());
    } catch (Exception refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** What operators are told of a failure. */
  static AdminException refusal(Throwable failed) {
    Throwable cause = Trouble.cause(failed);
    return cause instanceof AdminException told
        ? told
        : new AdminException(Trouble.of(cause), cause);
  }
}
