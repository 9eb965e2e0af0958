package slipway.server.core.unload;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import slipway.server.core.life.BundleFramework;

/** With the class loader of a bundle, as the framework makes it. */
@Timeout(60)
class LoadingThreadsTest {

  @TempDir private Path cache;
  private BundleFramework framework;

  @BeforeEach
  void start() throws Exception {
    framework = new BundleFramework(cache);
  }

  @AfterEach
  void stop() throws Exception {
    framework.end();
  }

  private ClassLoader loader() throws Exception {
    Bundle bundle = framework.install("library", Map.of("Export-Package", "shared"), "");
    bundle.start();
    return bundle.adapt(BundleWiring.class).getClassLoader();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Thread> threads(ClassLoader loader) throws Exception {
    Field field = loader.getClass().getDeclaredField("m_classLocks");
    field.setAccessible(true);
    return (Map<String, Thread>) field.get(loader);
  }

  @Test
  void aThreadThatHasEndedIsForgottenAndOneThatLoadsIsNot() throws Exception {
    Thread ended = Thread.ofVirtual().start(() -> {});
    ended.join();
    ClassLoader loader = loader();
    threads(loader).put("shared.Waited", ended);
    threads(loader).put("shared.Loading", Thread.currentThread());
    LoadingThreads.forgetEnded(loader);
    assertThat(threads(loader)).isEqualTo(Map.of("shared.Loading", Thread.currentThread()));
  }

  @Test
  void aLoaderOfAnotherKindIsLeftAlone() {
    LoadingThreads.forgetEnded(ClassLoader.getPlatformClassLoader());
    LoadingThreads.forgetEnded(new OwnClasses(Leaves.class));
  }
}
