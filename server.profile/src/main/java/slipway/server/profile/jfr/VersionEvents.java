package slipway.server.profile.jfr;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Tells each recording of the JVM which versions there are: at the beginning and the end of each of
 * its files, and as often as it asks for {@link VersionEvent}. May be used from any thread.
 */
@Component(service = VersionEvents.class)
public final class VersionEvents {

  private final Supplier<Map<ClassLoader, Owner>> versions;
  private final Runnable tell = this::tell;
  private boolean hasBegun;

  /** For Declarative Services. */
  @Activate
  public VersionEvents(BundleContext context) {
    this(new VersionLoaders(context));
  }

  /**
   * Makes it.
   *
   * @param versions whose the code of a class loader is; called from any thread
   */
  public VersionEvents(Supplier<Map<ClassLoader, Owner>> versions) {
    this.versions = versions;
  }

  /** The services of which there is a version that may run. */
  public Set<String> services() {
    return versions.get().values().stream().map(Owner::service).collect(Collectors.toSet());
  }

  /** Tells recordings from now on; nothing if it does so already. This begins JFR. */
  public synchronized void begin() {
    if (!hasBegun) {
      hasBegun = true;
      FlightRecorder.addPeriodicEvent(VersionEvent.class, tell);
    }
  }

  /** Tells them no longer. */
  @Deactivate
  public synchronized void end() {
    if (hasBegun) {
      FlightRecorder.removePeriodicEvent(tell);
    }
  }

  private void tell() {
    versions.get().forEach(VersionEvents::tell);
  }

  private static void tell(ClassLoader loader, Owner owner) {
    VersionEvent event = new VersionEvent();
    event.service = owner.service();
    event.version = owner.version();
    event.type = classOf(loader);
    event.commit();
  }

  /**
   * A class that a loader has in any case: loading one of its own might fail, or begin something.
   */
  private static Class<?> classOf(ClassLoader loader) {
    return Proxy.newProxyInstance(
            loader, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null)
        .getClass();
  }
}
