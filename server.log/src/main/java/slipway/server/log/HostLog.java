package slipway.server.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import slipway.admin.LogAdmin;
import slipway.meter.Meter;

/**
 * The appender that {@code conf/logback.xml} names. It hands each event to the log's thread, and
 * registers the {@link LogAdmin} while it works.
 */
public final class HostLog extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private static final String SERVICE = "slipway.service";

  private String file;
  private FileSize maxFileSize = new FileSize(10 * FileSize.MB_COEFFICIENT);
  private int maxHistory = 14;
  private FileSize totalSizeCap = new FileSize(200 * FileSize.MB_COEFFICIENT);
  private LogThread thread;
  private HostLogAdmin admin;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  /** Called by Logback. */
  public HostLog() {}

  /** The file; those that are rolled lie beside it. Called by Logback. */
  public void setFile(String file) {
    this.file = file;
  }

  /** The length at which the file is rolled. Called by Logback. */
  public void setMaxFileSize(FileSize maxFileSize) {
    this.maxFileSize = maxFileSize;
  }

  /** How many days are kept. Called by Logback. */
  public void setMaxHistory(int maxHistory) {
    this.maxHistory = maxHistory;
  }

  /** How long all rolled files may be together. Called by Logback. */
  public void setTotalSizeCap(FileSize totalSizeCap) {
    this.totalSizeCap = totalSizeCap;
  }

  @Override
  public void start() {
    if (isStarted()) {
      return;
    }
    if (file == null) {
      addError("the appender " + getName() + " needs a <file>");
      return;
    }
    LogFiles.Limits limits =
        new LogFiles.Limits(maxFileSize.getSize(), maxHistory, totalSizeCap.getSize());
    LogFiles files = new LogFiles(getContext(), Path.of(file).toAbsolutePath(), limits);
    try {
      files.open();
    } catch (IOException | RuntimeException failed) {
      addError("the log " + file + " cannot be opened", failed);
      return;
    }
    InstantSource clock = InstantSource.system();
    thread = new LogThread(files, new RecordOf(HostLog::service), clock);
    admin = new HostLogAdmin(thread, files, new Levels((LoggerContext) getContext()), clock);
    thread.start();
    super.start();
    BundleContext bundles = bundles();
    if (bundles != null) {
      registrations.add(bundles.registerService(LogAdmin.class, admin, null));
      registrations.add(bundles.registerService(Meter.class, thread.meter(), null));
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    thread.offer(event);
  }

  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    try {
      registrations.forEach(ServiceRegistration::unregister);
      registrations.clear();
    } catch (IllegalStateException bundleIsGone) {
      // and its services with it
    }
    try {
      thread.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** For tests, where there is no framework. */
  LogAdmin admin() {
    return admin;
  }

  private static BundleContext bundles() {
    Bundle bundle = FrameworkUtil.getBundle(HostLog.class);
    return bundle == null ? null : bundle.getBundleContext();
  }

  /** The service that a bundle says it provides. */
  private static String service(long bundleId) {
    BundleContext bundles = bundles();
    Bundle bundle = bundles == null ? null : bundles.getBundle(bundleId);
    BundleRevision revision = bundle == null ? null : bundle.adapt(BundleRevision.class);
    List<BundleCapability> provided =
        revision == null ? List.of() : revision.getDeclaredCapabilities(SERVICE);
    return provided.isEmpty() ? "" : String.valueOf(provided.get(0).getAttributes().get("name"));
  }
}
