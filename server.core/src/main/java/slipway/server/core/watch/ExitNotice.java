package slipway.server.core.watch;

import java.lang.StackWalker.Option;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;
import slipway.server.core.watch.Offence.Culprit;
import slipway.service.Connection;

/**
 * Reports which code has called {@code System.exit}, which cannot be forbidden: Java tells one of
 * its loggers before it begins to end, in the thread of the caller. The host's own exits pass.
 */
@Component(service = {})
public final class ExitNotice {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ExitNotice.class);

  /** The logger that Java tells, with the stack. */
  private static final String TOLD = "java.lang.Runtime";

  private static final String HOST = "slipway.launcher.";

  private final ServiceClasses classes;
  private final Watchdog watchdog;
  private final Logger told = Logger.getLogger(TOLD);
  private final Level levelBefore = told.getLevel();
  private final boolean parentsBefore = told.getUseParentHandlers();
  private final Handler handler = new Listening();

  /** For Declarative Services. */
  @Activate
  public ExitNotice(BundleContext context, @Reference Watchdog watchdog) {
    this.classes = new ServiceClasses(context);
    this.watchdog = watchdog;
    told.setUseParentHandlers(false);
    told.setLevel(Level.FINE);
    told.addHandler(handler);
  }

  @Deactivate
  void deactivate() {
    told.removeHandler(handler);
    told.setLevel(levelBefore);
    told.setUseParentHandlers(parentsBefore);
  }

  private void exits(Throwable stack) {
    Optional<Culprit> who =
        StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
            .walk(
                frames ->
                    frames
                        .map(frame -> classes.of(frame.getDeclaringClass()))
                        .flatMap(Optional::stream)
                        .findFirst());
    if (who.isEmpty() && isHost(stack)) {
      return;
    }
    Connection connection = watchdog.isLeaving(Thread.currentThread());
    LOG.error(
        "{}{} has called System.exit: the host ends",
        who.map(Culprit::toString).orElse("somebody"),
        connection == null ? "" : ", for connection " + connection.id() + ",",
        stack);
  }

  private static boolean isHost(Throwable stack) {
    for (StackTraceElement frame : stack.getStackTrace()) {
      if (frame.getClassName().startsWith(HOST)) {
        return true;
      }
    }
    return false;
  }

  private final class Listening extends Handler {
    @Override
    public void publish(LogRecord entry) {
      if (entry.getThrown() != null) {
        exits(entry.getThrown());
      }
    }

    @Override
    public void flush() {
      // nothing waits
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
