package slipway.services.metrics.jvm;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** The process, by the names that Prometheus gives to the figures of every process. */
@Component
public final class ProcessMeter implements Meter {

  private static final Metric CPU =
      Metric.counter("process_cpu_seconds_total", "CPU time of the process.");
  private static final Metric START =
      Metric.gauge("process_start_time_seconds", "When the process began, since 1970.");
  private static final Metric FILES =
      Metric.gauge("process_open_fds", "File descriptors that are open.");
  private static final Metric MOST_FILES =
      Metric.gauge("process_max_fds", "File descriptors that may be open.");
  private static final Metric VIRTUAL =
      Metric.gauge("process_virtual_memory_bytes", "Size of the address space.");
  private static final Metric RESIDENT =
      Metric.gauge("process_resident_memory_bytes", "Memory that is in use.");

  private final Path status;

  /** For Declarative Services. */
  @Activate
  public ProcessMeter() {
    this(Path.of("/proc/self/status"));
  }

  ProcessMeter(Path status) {
    this.status = status;
  }

  @Override
  public void read(Readings readings) {
    readings.value(START, ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
    system("ProcessCpuTime").ifPresent(nanos -> readings.value(CPU, Math.max(0, nanos) / 1e9));
    system("OpenFileDescriptorCount").ifPresent(count -> readings.value(FILES, count));
    system("MaxFileDescriptorCount").ifPresent(count -> readings.value(MOST_FILES, count));
    try {
      for (String line : Files.readAllLines(status)) {
        tell(readings, line, "VmSize:", VIRTUAL);
        tell(readings, line, "VmRSS:", RESIDENT);
      }
    } catch (IOException notOnThisSystem) {
      // only Linux has the file; the other figures are told all the same
    }
  }

  /**
   * What the Java machine knows of the system. By its name, as not every Java has the classes of
   * these beans.
   */
  private static OptionalLong system(String attribute) {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), attribute);
      return value instanceof Number known
          ? OptionalLong.of(known.longValue())
          : OptionalLong.empty();
    } catch (JMException notKnownHere) {
      return OptionalLong.empty();
    }
  }

  /** A line is a word, a number and {@code kB}. */
  private static void tell(Readings readings, String line, String word, Metric metric) {
    if (line.startsWith(word)) {
      String[] words = line.substring(word.length()).strip().split("\\s+");
      readings.value(metric, Long.parseLong(words[0]) * 1024.0);
    }
  }
}
