package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogReaderService;

class LoggedExceptionsTest {

  private static final Set<String> HERE = Set.of(LoggedExceptionsTest.class.getName());

  /** An object whose methods return what is given by their names, else null. */
  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getReturnType() == boolean.class ? true : answers.get(method.getName())));
  }

  private static List<String> found(Set<String> classes, Throwable logged) {
    LogEntry quiet = fake(LogEntry.class, Map.of("getMessage", "nothing was thrown"));
    LogEntry loud = fake(LogEntry.class, Map.of("getMessage", "it failed", "getException", logged));
    LogReaderService log =
        fake(
            LogReaderService.class,
            Map.of("getLog", Collections.enumeration(List.of(quiet, loud))));
    Object reference = fake(ServiceReference.class, Map.of());
    return new LoggedExceptions(
            fake(BundleContext.class, Map.of("getServiceReference", reference, "getService", log)))
        .thrownIn(classes);
  }

  @Test
  void anExceptionOfAVersionsClassIsFound() {
    assertThat(found(HERE, new IllegalStateException("here")))
        .containsExactly("the log keeps an exception that was thrown in it: it failed");
  }

  @Test
  void aCauseThatWasThrownThereIsFound() {
    Throwable outer = new IllegalStateException(new IllegalStateException("here"));
    outer.setStackTrace(new StackTraceElement[0]);
    assertThat(found(HERE, outer)).hasSize(1);
  }

  @Test
  void exceptionsOfOthersAreNot() {
    assertThat(found(Set.of("some.other.Type"), new IllegalStateException("here"))).isEmpty();
  }

  @Test
  void withoutALogServiceNothingIsFound() {
    assertThat(new LoggedExceptions(fake(BundleContext.class, Map.of())).thrownIn(HERE)).isEmpty();
  }
}
