package slipway.server.world;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.Service;
import slipway.thread.ControlThread;

/** Looks at the worlds once a second, and closes those whose version has withdrawn its service. */
@Component(
    service = {},
    immediate = true)
public final class WorldsWatch {

  private static final Logger LOG = LoggerFactory.getLogger(WorldsWatch.class);

  private final ScheduledExecutorService timer = ControlThread.named("slipway-worlds-watch");
  private final HostWorlds worlds;
  private final BundleContext context;
  private final ServiceListener withdrawn = this::withdrawn;

  /** For Declarative Services. */
  @Activate
  public WorldsWatch(@Reference HostWorlds worlds, BundleContext context)
      throws InvalidSyntaxException {
    this.worlds = worlds;
    this.context = context;
    LoopWatch loops = new LoopWatch(worlds.directory().loops()::all, System::nanoTime, LOG::warn);
    timer.scheduleAtFixedRate(loops::look, 1, 1, TimeUnit.SECONDS);
    timer.scheduleAtFixedRate(
        () -> worlds.directory().sample(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
    context.addServiceListener(
        withdrawn, "(&(objectClass=" + Service.class.getName() + ")(" + Service.NAME + "=*))");
  }

  private void withdrawn(ServiceEvent event) {
    if (event.getType() == ServiceEvent.UNREGISTERING) {
      Bundle bundle = event.getServiceReference().getBundle();
      CompletableFuture<Void> ended =
          worlds.stopped(version -> VersionName.bundle(version) == bundle);
      if (worlds.parks()) {
        ParkingWait.await(ended); // what the version has of its bundle is needed until then
      }
    }
  }

  @Deactivate
  void deactivate() {
    context.removeServiceListener(withdrawn);
    timer.shutdownNow();
  }
}
