package slipway.services.metrics.jvm;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import org.osgi.service.component.annotations.Component;
import slipway.meter.Distribution;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** The Java machine, by the names that Prometheus' own library for Java gives to its figures. */
@Component
public final class JvmMeter implements Meter {

  private static final Metric RUNTIME =
      Metric.info("jvm_runtime_info", "The Java machine.", "version", "vendor", "runtime");
  private static final Metric USED =
      Metric.gauge("jvm_memory_used_bytes", "Memory in use.", "area");
  private static final Metric COMMITTED =
      Metric.gauge("jvm_memory_committed_bytes", "Memory got from the system.", "area");
  private static final Metric MAX =
      Metric.gauge("jvm_memory_max_bytes", "Memory that may be used; -1 for no limit.", "area");
  private static final Metric POOL_USED =
      Metric.gauge("jvm_memory_pool_used_bytes", "Memory in use, by pool.", "pool");
  private static final Metric POOL_MAX =
      Metric.gauge(
          "jvm_memory_pool_max_bytes", "Memory that a pool may use; -1 for no limit.", "pool");
  private static final Metric COLLECTIONS =
      Metric.histogram(
          "jvm_gc_collection_seconds", "Number of garbage collections, and their time.", "gc");
  private static final Metric THREADS =
      Metric.gauge("jvm_threads_current", "Platform threads that live.");
  private static final Metric DAEMONS =
      Metric.gauge("jvm_threads_daemon", "Of these, daemon threads.");
  private static final Metric PEAK =
      Metric.gauge("jvm_threads_peak", "The most platform threads that lived at once.");
  private static final Metric STARTED =
      Metric.counter("jvm_threads_started_total", "Platform threads that were started.");
  private static final Metric CLASSES =
      Metric.gauge("jvm_classes_currently_loaded", "Classes that are loaded.");
  private static final Metric LOADED =
      Metric.counter("jvm_classes_loaded_total", "Classes that were loaded.");
  private static final Metric UNLOADED =
      Metric.counter("jvm_classes_unloaded_total", "Classes that were unloaded.");
  private static final Metric BUFFERS =
      Metric.gauge("jvm_buffer_pool_used_bytes", "Memory of buffers outside the heap.", "pool");
  private static final Metric BUFFER_COUNT =
      Metric.gauge("jvm_buffer_pool_used_buffers", "Buffers outside the heap.", "pool");

  @Override
  public void read(Readings readings) {
    readings.info(
        RUNTIME,
        Runtime.version().toString(),
        System.getProperty("java.vendor"),
        System.getProperty("java.runtime.name"));
    memory(readings);
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      Distribution done =
          Distribution.of(
              Math.max(0, each.getCollectionCount()),
              Math.max(0, each.getCollectionTime()) / 1000.0);
      readings.histogram(COLLECTIONS, done, each.getName());
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    readings.value(THREADS, threads.getThreadCount());
    readings.value(DAEMONS, threads.getDaemonThreadCount());
    readings.value(PEAK, threads.getPeakThreadCount());
    readings.value(STARTED, threads.getTotalStartedThreadCount());
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    readings.value(CLASSES, classes.getLoadedClassCount());
    readings.value(LOADED, classes.getTotalLoadedClassCount());
    readings.value(UNLOADED, classes.getUnloadedClassCount());
  }

  private static void memory(Readings readings) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    area(readings, "heap", memory.getHeapMemoryUsage());
    area(readings, "nonheap", memory.getNonHeapMemoryUsage());
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      if (usage != null) { // a pool that is gone has none
        readings.value(POOL_USED, usage.getUsed(), pool.getName());
        readings.value(POOL_MAX, usage.getMax(), pool.getName());
      }
    }
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      readings.value(BUFFERS, pool.getMemoryUsed(), pool.getName());
      readings.value(BUFFER_COUNT, pool.getCount(), pool.getName());
    }
  }

  private static void area(Readings readings, String area, MemoryUsage usage) {
    readings.value(USED, usage.getUsed(), area);
    readings.value(COMMITTED, usage.getCommitted(), area);
    readings.value(MAX, usage.getMax(), area);
  }
}
