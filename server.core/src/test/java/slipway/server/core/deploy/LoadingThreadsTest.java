package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/** With the class loader of a bundle, as the framework makes it. */
@Timeout(60)
class LoadingThreadsTest {

  @TempDir private Path folder;
  private Framework framework;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("cache").toString(),
                    "felix.log.level",
                    "0"));
    framework.start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(0);
  }

  private ClassLoader loader() throws Exception {
    Path jar = Jars.library(folder.resolve("library.jar"), "1.0.0");
    Bundle bundle = framework.getBundleContext().installBundle("file:" + jar);
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
