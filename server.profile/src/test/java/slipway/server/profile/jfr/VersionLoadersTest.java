package slipway.server.profile.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

class VersionLoadersTest {

  private final List<Bundle> bundles = new ArrayList<>();
  private final VersionLoaders loaders =
      new VersionLoaders(fake(BundleContext.class, Map.of("getBundles", bundles)));

  /** Answers some methods, and null to all others; a list stands for an array, too. */
  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object answer = answers.get(method.getName());
              return method.getReturnType().isArray()
                  ? ((List<?>) answer).toArray(Bundle[]::new)
                  : answer instanceof Map<?, ?> byType && method.getName().equals("adapt")
                      ? byType.get(arguments[0])
                      : answer;
            }));
  }

  private static final class Loader extends ClassLoader {}

  /** A bundle; with a service if it has a name. */
  private static Bundle bundle(String service, String version, int state, ClassLoader loader) {
    List<BundleCapability> provided =
        service == null
            ? List.of()
            : List.of(
                fake(BundleCapability.class, Map.of("getAttributes", Map.of("name", service))));
    BundleWiring wiring =
        fake(BundleWiring.class, Map.of("getCapabilities", provided, "getClassLoader", loader));
    BundleRevision revision =
        fake(BundleRevision.class, Map.of("getDeclaredCapabilities", provided));
    return fake(
        Bundle.class,
        Map.of(
            "getState",
            state,
            "getSymbolicName",
            "of.a.service",
            "getVersion",
            Version.parseVersion(version),
            "adapt",
            Map.of(BundleWiring.class, wiring, BundleRevision.class, revision)));
  }

  @Test
  void versionsOfServicesThatAreStartedAreKnownByTheirLoaders() {
    ClassLoader old = new Loader();
    ClassLoader newer = new Loader();
    bundles.add(bundle("arena", "1.0.0", Bundle.STOPPING, old));
    bundles.add(bundle("arena", "1.1.0", Bundle.ACTIVE, newer));
    bundles.add(bundle("arena", "1.2.0", Bundle.RESOLVED, new Loader()));
    bundles.add(bundle(null, "1.0.0", Bundle.ACTIVE, new Loader()));
    assertThat(loaders.get())
        .containsOnly(
            Map.entry(old, new Owner("arena", "1.0.0")),
            Map.entry(newer, new Owner("arena", "1.1.0")));
  }

  @Test
  void oneThatWasTakenOutStaysKnownWhileItIsInMemory() {
    ClassLoader gone = new Loader();
    bundles.add(bundle("arena", "1.0.0", Bundle.ACTIVE, gone));
    assertThat(loaders.get()).hasSize(1);
    bundles.clear();
    assertThat(loaders.get()).containsOnlyKeys(gone);
  }
}
