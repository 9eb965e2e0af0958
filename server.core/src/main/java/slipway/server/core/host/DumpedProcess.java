package slipway.server.core.host;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.config.Durations;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

/** The process: its Java, its memory, and the bundles that are in it. */
@Component(service = Dumpable.class)
public final class DumpedProcess implements Dumpable {

  private static final int MIB = 1 << 20;

  private final BundleContext context;

  /** For Declarative Services. */
  @Activate
  public DumpedProcess(BundleContext context) {
    this.context = context;
  }

  @Override
  public String title() {
    return "process";
  }

  @Override
  public void dump(Dump dump) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    dump.line(
        "pid "
            + runtime.getPid()
            + ", up "
            + Durations.format(Duration.ofMillis(runtime.getUptime()).truncatedTo(SECONDS)));
    dump.line(
        "Java "
            + Runtime.version()
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", processors "
            + Runtime.getRuntime().availableProcessors());
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    dump.line("heap " + heap.getUsed() / MIB + " of " + heap.getMax() / MIB + " MiB");
    Bundle[] bundles = context.getBundles();
    Dump below = dump.line("bundles " + bundles.length);
    for (Bundle bundle : bundles) {
      below.line(
          bundle.getBundleId()
              + " "
              + bundle.getSymbolicName()
              + " "
              + bundle.getVersion()
              + " "
              + state(bundle));
    }
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.INSTALLED -> "INSTALLED";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.STARTING -> "STARTING";
      case Bundle.STOPPING -> "STOPPING";
      case Bundle.ACTIVE -> "ACTIVE";
      default -> "UNINSTALLED";
    };
  }
}
