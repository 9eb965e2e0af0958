package slipway.server.core.context;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import slipway.server.core.connection.Connections;
import slipway.service.Connection;
import slipway.service.Service;
import slipway.service.ServiceContext;

/** The context of one bundle, from when its component asks for it until that is deactivated. */
@Component(scope = ServiceScope.BUNDLE)
public final class HostServiceContext implements ServiceContext {

  private final Connections connections;
  private final Bundle bundle;
  private final VersionThreads threads;

  /** For Declarative Services. */
  @Activate
  public HostServiceContext(ComponentContext context, @Reference Connections connections) {
    this.connections = connections;
    this.bundle = context.getUsingBundle();
    this.threads = new VersionThreads(name(bundle) + "-" + bundle.getVersion());
  }

  /** The service that the bundle provides, or its own name if it provides none. */
  private static String name(Bundle bundle) {
    return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(Service.NAMESPACE).stream()
        .map(capability -> String.valueOf(capability.getAttributes().get("name")))
        .findFirst()
        .orElse(bundle.getSymbolicName());
  }

  @Deactivate
  void deactivate() {
    threads.end();
  }

  @Override
  public List<Connection> connections() {
    return connections.servedBy(bundle.getBundleId());
  }

  @Override
  public ExecutorService executor() {
    return threads.executor();
  }

  @Override
  public ScheduledExecutorService timer() {
    return threads.timer();
  }
}
