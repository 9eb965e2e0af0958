package slipway.server.core.unload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.server.core.unload.Holder.Kind;

/** A library's static memory is found, with its name, and none that holds nothing. */
@Timeout(60)
class StaticsTest {

  private final OwnClasses first = new OwnClasses(Leaves.class);
  private final OwnClasses second = new OwnClasses(Leaves.class);
  private final OwnClasses library = new OwnClasses(Kept.class);
  private Class<?> caches;

  @BeforeEach
  void load() throws Exception {
    caches = library.load(Kept.Caches.class);
    library.load(Kept.Broken.class);
  }

  private Map<ClassLoader, Set<Holder>> found() {
    List<String> types =
        Arrays.stream(Kept.class.getDeclaredClasses()).map(Class::getName).toList();
    Living living = new Living(7, "org.example.lib 1.2.0", true, library, () -> types);
    return Map.copyOf(Statics.of(List.of(first, second), List.of(living)));
  }

  private static Holder field(String name) {
    return new Holder(
        "org.example.lib 1.2.0: static " + Kept.Caches.class.getName() + "." + name, Kind.STATIC);
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> map(String name) throws Exception {
    return (Map<Object, Object>) caches.getField(name).get(null);
  }

  @Test
  void fieldsThatHoldNothingOfItAreNotBlamed() throws Exception {
    map("MAP").put("key", "value");
    first.make(Leaves.Task.class);
    assertThat(found()).isEmpty();
  }

  @Test
  void aCacheKeyedByClassHoldsIt() throws Exception {
    map("MAP").put(first.load(Leaves.Task.class), "value");
    assertThat(found()).isEqualTo(Map.of(first, Set.of(field("MAP"))));
    map("LEAST_USED").put("name", new Object[] {second.make(Leaves.Task.class)});
    assertThat(found())
        .isEqualTo(Map.of(first, Set.of(field("MAP")), second, Set.of(field("LEAST_USED"))));
  }

  @Test
  void allFieldsThatHoldItAreNamed() throws Exception {
    Object one = first.make(Leaves.Task.class);
    map("MAP").put("one", one);
    caches.getField("last").set(null, one);
    assertThat(found()).isEqualTo(Map.of(first, Set.of(field("MAP"), field("last"))));
  }

  @Test
  void aClassLoaderIsHeldAsItsClassesAre() throws Exception {
    caches.getField("last").set(null, first);
    assertThat(found()).isEqualTo(Map.of(first, Set.of(field("last"))));
  }

  @Test
  void weakKeysHoldNothingAndTheirValuesDo() throws Exception {
    Class<?> key = first.load(Leaves.Task.class);
    map("WEAK").put(key, "value");
    assertThat(found()).isEmpty();
    map("WEAK").put(key, key.getConstructor().newInstance());
    assertThat(found()).isEqualTo(Map.of(first, Set.of(field("WEAK"))));
  }

  @Test
  void aThreadLocalOfNettyIsNamedByItsField() throws Exception {
    @SuppressWarnings("unchecked")
    var local = (FastThreadLocal<Object>) caches.getField("LOCAL").get(null);
    Object value = first.make(Leaves.Task.class);
    CountDownLatch set = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        new FastThreadLocalThread(
            () -> {
              local.set(value);
              set.countDown();
              try {
                end.await();
              } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
              }
              local.remove();
            });
    thread.start();
    set.await();
    try {
      assertThat(found()).isEqualTo(Map.of(first, Set.of(field("LOCAL"))));
    } finally {
      end.countDown();
      thread.join();
    }
    assertThat(found()).isEmpty();
  }
}
