package slipway.server.core.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogReaderService;

/**
 * Exceptions that the log service keeps with its last entries: the virtual machine keeps, with an
 * exception, the classes in which it was thrown. They go as further entries come.
 */
final class LoggedExceptions {

  private final BundleContext context;

  LoggedExceptions(BundleContext context) {
    this.context = context;
  }

  /** Tells of those that were thrown in classes with these names. */
  List<String> thrownIn(Set<String> classes) {
    ServiceReference<LogReaderService> reference =
        context.getServiceReference(LogReaderService.class);
    LogReaderService log = reference == null ? null : context.getService(reference);
    if (log == null) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (LogEntry entry : Collections.list(log.getLog())) {
      if (isThrownIn(classes, entry.getException())) {
        found.add("the log keeps an exception that was thrown in it: " + entry.getMessage());
      }
    }
    context.ungetService(reference);
    return found;
  }

  private static boolean isThrownIn(Set<String> classes, Throwable thrown) {
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      if (Arrays.stream(one.getStackTrace()).anyMatch(at -> classes.contains(at.getClassName()))) {
        return true;
      }
    }
    return false;
  }
}
