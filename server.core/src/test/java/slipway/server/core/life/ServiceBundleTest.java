package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import slipway.service.Connection;
import slipway.service.Readiness;
import slipway.service.Service;

/** How bundles start, or say why not, in a real framework with Declarative Services. */
class ServiceBundleTest {

  /** It passes if a test says so. */
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path cache;
  private BundleFramework framework;
  private ServiceComponentRuntime components;

  /** What Config Admin holds each time that it is asked; nothing behind the last one. */
  private final Queue<Dictionary<String, Object>> held = new ArrayDeque<>();

  private Diagnosis diagnosis;
  private final CompletableFuture<Void> configured = new CompletableFuture<>();
  private final ManualControl deadlines = new ManualControl();

  @BeforeEach
  void start() throws Exception {
    framework = new BundleFramework(cache);
    components = framework.components();
    diagnosis = new Diagnosis(components);
    Waits.ready = new CompletableFuture<>();
    Dawdles.begun = new CountDownLatch(1);
    Serves.made.set(0);
  }

  @AfterEach
  void stop() throws Exception {
    framework.end();
  }

  // ---- services --------------------------------------------------------------------------------

  /** Serves. */
  public static class Serves implements Service {
    static final AtomicInteger made = new AtomicInteger();

    /** Counts. */
    public Serves() {
      made.incrementAndGet();
    }

    @Override
    public void attach(Connection connection) {}
  }

  /** Throws. */
  public static final class Throws extends Serves {
    /** Throws. */
    public Throws() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Is ready when the test says so. */
  public static final class Waits extends Serves implements Readiness {
    static volatile CompletableFuture<Void> ready;

    @Override
    public CompletionStage<?> ready() {
      return ready;
    }

    @Override
    public String awaited() {
      return "the exchange\nand more";
    }
  }

  /** Fails in the way that no service should. */
  public static final class Errs extends Serves implements Readiness {
    @Override
    public CompletionStage<?> ready() {
      throw new AssertionError("a bug");
    }
  }

  /** Starts for as long as it is let, and then says nothing. */
  public static final class Dawdles implements BundleActivator {
    static volatile CountDownLatch begun;

    @Override
    public void start(BundleContext context) throws InterruptedException {
      begun.countDown();
      new CountDownLatch(1).await();
    }

    @Override
    public void stop(BundleContext context) {}
  }

  private ServiceBundle bundle(Class<?> type, String service, String more) throws Exception {
    configured.complete(null);
    return unconfigured(type, service, more);
  }

  /** Its components know what they are when the test says so. */
  private ServiceBundle unconfigured(Class<?> type, String service, String more) throws Exception {
    return bundle(
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="the.Component">
          <implementation class="%s"/>
          <property name="slipway.service.name" type="String" value="%s"/>
          %s
        </scr:component>
        """
            .formatted(type.getName(), service, more));
  }

  private ServiceBundle bundle(String component) throws Exception {
    return bundle(
        framework.install(
            "kv", Map.of("Import-Package", "slipway.service,slipway.server.core.life"), component));
  }

  private ServiceBundle bundle(Bundle bundle) {
    return new ServiceBundle(
        framework.context(),
        bundle,
        "kv",
        diagnosis,
        new StaleComponents(components, configurations()),
        framework.wiring(),
        new ShippedLibraries(framework.context(), cache.resolve("none")),
        () -> configured,
        deadlines);
  }

  /** Config Admin, of which Declarative Services know nothing here. */
  private ConfigurationAdmin configurations() {
    return answering(
        ConfigurationAdmin.class,
        "listConfigurations",
        () -> {
          Dictionary<String, Object> next = held.poll();
          return next == null
              ? null
              : new Configuration[] {answering(Configuration.class, "getProperties", () -> next)};
        });
  }

  private static <T> T answering(Class<T> type, String method, Supplier<?> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                return answer.get();
              }
              throw new UnsupportedOperationException(called.getName());
            }));
  }

  private static String provides(Class<?> type) {
    return "<service><provide interface='" + type.getName() + "'/></service>";
  }

  private static Service started(CompletionStage<Service> start) throws Exception {
    return start.toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  /** What a start waits for, once it says so. */
  private static String awaited(ServiceBundle bundle) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (bundle.awaited().isEmpty() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    return bundle.awaited();
  }

  private static String failure(CompletionStage<Service> start) throws Exception {
    return start
        .handle((service, failed) -> failed == null ? "it has started" : failed.getMessage())
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES);
  }

  /** What becomes of a start that still waits when its time is over. */
  private String late(ServiceBundle bundle, boolean proof) throws Exception {
    CompletionStage<Service> start = bundle.start(false, LONG, proof);
    awaited(bundle);
    deadlines.advance(LONG);
    return failure(start);
  }

  // ---- what comes of it ------------------------------------------------------------------------

  @Test
  void aServiceThatIsRegisteredHasStarted() throws Exception {
    ServiceBundle bundle = bundle(Serves.class, "kv", provides(Service.class));
    assertThat(started(bundle.start(false, LONG, true))).isInstanceOf(Serves.class);
    assertThat(bundle.awaited()).isEmpty();
  }

  @Test
  void aServiceIsNotMadeBeforeItsConfigurationIsKnown() throws Exception {
    ServiceBundle bundle = unconfigured(Serves.class, "kv", provides(Service.class));
    CompletionStage<Service> start = bundle.start(false, LONG, true);
    assertThat(awaited(bundle)).isEqualTo("it waits for Config Admin to tell its configuration");
    assertThat(Serves.made).hasValue(0);
    configured.complete(null);
    assertThat(started(start)).isInstanceOf(Serves.class);
    assertThat(Serves.made).hasValue(1);
  }

  @Test
  void aConfigurationThatIsNotToldInTimeIsTheReason() throws Exception {
    ServiceBundle bundle = unconfigured(Serves.class, "kv", provides(Service.class));
    assertThat(late(bundle, true))
        .isEqualTo(
            "it did not start within 5m: it waits for Config Admin to tell its configuration");
  }

  @Test
  void aConstructorThatThrowsIsToldAtOnce() throws Exception {
    assertThat(
            failure(bundle(Throws.class, "kv", provides(Service.class)).start(false, LONG, false)))
        .startsWith("it has not registered the service kv: the.Component failed: ")
        .contains("no licence");
  }

  @Test
  void aComponentThatIsNoServiceIsToldAtOnce() throws Exception {
    assertThat(failure(bundle(Serves.class, "kv", "").start(false, LONG, false)))
        .isEqualTo(
            "it has not registered the service kv: the.Component is not registered as a "
                + "slipway.service.Service: it needs @Component(service = Service.class)");
  }

  private List<String> registrations() {
    List<String> names = new CopyOnWriteArrayList<>();
    framework
        .context()
        .addServiceListener(
            event -> {
              if (event.getType() == ServiceEvent.REGISTERED) {
                Object name = event.getServiceReference().getProperty("slipway.service.name");
                if (name != null) {
                  names.add(name.toString());
                }
              }
            });
    return names;
  }

  @Test
  void aComponentThatKnowsWhatConfigAdminHoldsIsRegisteredOnce() throws Exception {
    List<String> registrations = registrations();
    ServiceBundle bundle = bundle(Serves.class, "kv", provides(Service.class));
    held.add(new Hashtable<>(Map.of("service.pid", "the.Component")));
    assertThat(started(bundle.start(false, LONG, true))).isInstanceOf(Serves.class);
    assertThat(registrations).containsExactly("kv");
  }

  @Test
  void aComponentWithOldValuesIsEnabledAnewBeforeItIsMade() throws Exception {
    List<String> registrations = registrations();
    ServiceBundle bundle = bundle(Serves.class, "kv", provides(Service.class));
    held.add(new Hashtable<>(Map.of("size", "5")));
    assertThat(started(bundle.start(false, LONG, true))).isInstanceOf(Serves.class);
    assertThat(registrations).containsExactly("kv", "kv");
    assertThat(Serves.made).hasValue(1);
  }

  @Test
  void aComponentThatKeepsOldValuesServesAllTheSame() throws Exception {
    List<String> registrations = registrations();
    ServiceBundle bundle = bundle(Serves.class, "kv", provides(Service.class));
    held.addAll(Collections.nCopies(10, new Hashtable<>(Map.of("size", "5"))));
    assertThat(started(bundle.start(false, LONG, true))).isInstanceOf(Serves.class);
    assertThat(registrations).containsExactly("kv", "kv", "kv", "kv");
  }

  /** As Felix SCR registers one whose configuration changes at that moment. */
  @Test
  void aServiceWhosePropertiesComeALittleLaterIsWaitedFor() throws Exception {
    ServiceBundle bundle = referencing(Runnable.class);
    ServiceRegistration<Service> registered =
        started(bundle).registerService(Service.class, new Serves(), null);
    CompletionStage<Service> start = bundle.start(false, LONG, false);
    assertThat(awaited(bundle)).startsWith("the.Component lacks its reference wanted");
    registered.setProperties(new Hashtable<>(Map.of("slipway.service.name", "kv")));
    assertThat(started(start)).isInstanceOf(Serves.class);
  }

  private static final Dictionary<String, Object> NAMED =
      new Hashtable<>(Map.of("slipway.service.name", "kv"));

  /** A bundle whose component is not made, and whose services come and go as the test says. */
  private BundleContext started(ServiceBundle bundle) throws Exception {
    Bundle installed = framework.context().getBundle(bundle.bundleId());
    installed.start();
    return installed.getBundleContext();
  }

  /** As Felix SCR gives none if the configuration of its component changes at that moment. */
  @Test
  void aServiceThatIsNotGivenForAMomentIsWaitedFor() throws Exception {
    ServiceBundle bundle = referencing(Runnable.class);
    Queue<Service> given = new ConcurrentLinkedQueue<>();
    started(bundle)
        .registerService(
            Service.class,
            new ServiceFactory<Service>() {
              @Override
              public Service getService(Bundle user, ServiceRegistration<Service> registration) {
                return given.poll();
              }

              @Override
              public void ungetService(
                  Bundle user, ServiceRegistration<Service> registration, Service service) {}
            },
            NAMED);
    CompletionStage<Service> start = bundle.start(false, LONG, false);
    assertThat(awaited(bundle)).isEqualTo("it waits for its component to be made anew");
    Service service = new Serves();
    given.add(service);
    assertThat(started(start)).isSameAs(service);
  }

  @Test
  void aServiceThatIsMadeAnewWhileItIsNotReadyIsWaitedForAnew() throws Exception {
    ServiceBundle bundle = referencing(Runnable.class);
    BundleContext context = started(bundle);
    ServiceRegistration<Service> first = context.registerService(Service.class, new Waits(), NAMED);
    CompletionStage<Service> start = bundle.start(false, LONG, false);
    assertThat(awaited(bundle)).isEqualTo("it waits for the exchange");
    Service second = new Serves();
    context.registerService(Service.class, second, NAMED);
    first.unregister();
    Waits.ready.completeExceptionally(new IllegalStateException("closed"));
    assertThat(started(start)).isSameAs(second);
  }

  @Test
  void aServiceWithAnotherNameIsToldAtOnce() throws Exception {
    assertThat(
            failure(bundle(Serves.class, "vk", provides(Service.class)).start(false, LONG, false)))
        .isEqualTo("it has not registered the service kv: it has registered the service vk");
  }

  private ServiceBundle referencing(Class<?> type) throws Exception {
    return bundle(
        Serves.class,
        "kv",
        provides(Service.class)
            + "<reference name='wanted' interface='"
            + type.getName()
            + "' target='(of=kv)'/>");
  }

  @Test
  void aReferenceThatNobodyProvidesIsToldAtOnceToWhoWantsAProof() throws Exception {
    assertThat(failure(referencing(Runnable.class).start(false, LONG, true)))
        .isEqualTo(
            "it has not registered the service kv: the.Component lacks its reference wanted to"
                + " java.lang.Runnable with (of=kv), which nobody provides");
  }

  @Test
  void aReferenceThatAComponentDeclaresMayCome() throws Exception {
    framework
        .install(
            "another",
            Map.of("Import-Package", "slipway.service,slipway.server.core.life"),
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="another"
                configuration-policy="require">
              <implementation class="%s"/>
              <service><provide interface="slipway.service.Readiness"/></service>
            </scr:component>
            """
                .formatted(Waits.class.getName()))
        .start();
    ServiceBundle bundle = referencing(Readiness.class);
    CompletionStage<Service> start = bundle.start(false, LONG, true);
    assertThat(awaited(bundle))
        .isEqualTo(
            "the.Component lacks its reference wanted to slipway.service.Readiness with (of=kv)");
    framework
        .context()
        .registerService(Readiness.class, new Waits(), new Hashtable<>(Map.of("of", "kv")));
    assertThat(started(start)).isInstanceOf(Serves.class);
  }

  @Test
  void aReferenceIsWaitedForByWhoWantsNoProofAndNamedInTheEnd() throws Exception {
    assertThat(late(referencing(Runnable.class), false))
        .contains("lacks its reference wanted to java.lang.Runnable");
  }

  @Test
  void aBundleThatIsInterruptedAtTheDeadlineSaysThatItIsLate() throws Exception {
    ServiceBundle bundle =
        bundle(
            framework.install(
                "kv",
                Map.of(
                    "Import-Package",
                    "org.osgi.framework,slipway.service,slipway.server.core.life",
                    "Bundle-Activator",
                    Dawdles.class.getName()),
                ""));
    CompletionStage<Service> start = bundle.start(false, LONG, false);
    Dawdles.begun.await();
    deadlines.advance(LONG);
    assertThat(failure(start)).isEqualTo("it did not start within 5m");
  }

  // ---- readiness -------------------------------------------------------------------------------

  private ServiceBundle waiting() throws Exception {
    return bundle(Waits.class, "kv", provides(Service.class));
  }

  @Test
  void aServiceThatIsNotReadyIsWaitedForAndSaysWhy() throws Exception {
    ServiceBundle bundle = waiting();
    CompletionStage<Service> start = bundle.start(false, LONG, false);
    assertThat(awaited(bundle)).isEqualTo("it waits for the exchange");
    assertThat(start.toCompletableFuture()).isNotDone();
    Waits.ready.complete(null);
    assertThat(started(start)).isInstanceOf(Waits.class);
    assertThat(bundle.awaited()).isEmpty();
  }

  @Test
  void aServiceThatWillNotBeReadyHasFailedWithItsReason() throws Exception {
    Waits.ready.completeExceptionally(new IllegalStateException("the exchange refuses us\nx"));
    assertThat(failure(waiting().start(false, LONG, false)))
        .isEqualTo("it is not ready: the exchange refuses us");
  }

  @Test
  void aServiceThatIsNotReadyInTimeHasFailedWithWhatItWaitedFor() throws Exception {
    assertThat(late(waiting(), false))
        .isEqualTo("it did not start within 5m: it waits for the exchange");
  }

  @Test
  void anErrorOfAServiceIsAnAnswer() throws Exception {
    assertThat(failure(bundle(Errs.class, "kv", provides(Service.class)).start(false, LONG, false)))
        .isEqualTo("AssertionError: a bug");
  }
}
