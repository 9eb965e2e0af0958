package slipway.server.profile.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slipway.profile.Usage;
import slipway.profile.UsageRun;
import slipway.server.profile.jfr.Owner;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.TestVersion;
import slipway.server.profile.jfr.VersionEvents;

/** What a real recording tells of two versions of one service, and of one that keeps memory. */
@Timeout(300)
class HostUsageProfilerTest {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final double TOLERANCE = 20;

  /** By which it can be told that the figures are right. */
  private static final long ENOUGH = 4_000_000_000L;

  private static final int MEGABYTE = 1_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private final Map<ClassLoader, Owner> known = new HashMap<>();
  private final VersionEvents versions = new VersionEvents(() -> Map.copyOf(known));
  private HostUsageProfiler profiler;

  @BeforeEach
  void begin() {
    profiler = new HostUsageProfiler(new Repository(folder.resolve("jfr")), versions);
  }

  @AfterEach
  void end() {
    profiler.deactivate();
    versions.end();
  }

  /** A measurement comes every two seconds, and nobody is told. */
  private static Usage until(UsageRun run, Predicate<Usage> enough) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!enough.test(run.used())) {
      assertThat(System.nanoTime()).as("it goes on: %s", run.used()).isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return run.used();
  }

  private static long cpu(Usage usage) {
    return usage.cpu().getOrDefault("work", Duration.ZERO).toNanos();
  }

  private static long truth(TestVersion... all) {
    long sum = 0;
    for (TestVersion each : all) {
      sum += THREADS.getThreadCpuTime(each.thread().threadId());
    }
    return sum;
  }

  @Test
  void theProcessorTimeOfAllVersionsOfAServiceIsAddedUp() throws Exception {
    TestVersion burns = new TestVersion("1.0.0", false);
    TestVersion allocates = new TestVersion("1.1.0", true);
    known.putAll(TestVersion.known(burns, allocates));
    try (UsageRun run = profiler.begin(false)) {
      Usage first = until(run, usage -> cpu(usage) > 0);
      long before = truth(burns, allocates);
      Usage last = until(run, usage -> cpu(usage) - cpu(first) > ENOUGH);
      long truth = truth(burns, allocates) - before;
      assertThat((double) (cpu(last) - cpu(first))).isCloseTo(truth, withinPercentage(TOLERANCE));
      assertThat(last.cpu()).containsOnlyKeys("work");
      assertThat(last.retained()).isEmpty();
    } finally {
      burns.end();
      allocates.end();
    }
  }

  private static final class Loader extends ClassLoader {

    Loader() {
      super(HostUsageProfilerTest.class.getClassLoader());
    }

    IntConsumer keeper() throws IOException, ReflectiveOperationException {
      try (InputStream in = Keeper.class.getResourceAsStream("Keeper.class")) {
        byte[] bytes = in.readAllBytes();
        Class<?> type = defineClass(Keeper.class.getName(), bytes, 0, bytes.length);
        return (IntConsumer) type.getConstructor().newInstance();
      }
    }
  }

  @Test
  void whatAServiceKeepsIsEstimatedWithinAFactorOfTwo() throws Exception {
    Loader loader = new Loader();
    known.put(loader, new Owner("hoard", "1.0.0"));
    IntConsumer service = loader.keeper();
    IntConsumer host = new Keeper();
    try (UsageRun run = profiler.begin(new RetainedHeap(Duration.ofSeconds(1)))) {
      until(run, usage -> !usage.elapsed().isZero());
      service.accept(100 * MEGABYTE);
      host.accept(50 * MEGABYTE);
      System.gc();
      Duration kept = run.used().elapsed();
      Usage usage = until(run, now -> now.elapsed().minus(kept).toSeconds() > 8);
      assertThat(usage.retained()).containsOnlyKeys("hoard");
      assertThat(usage.retained().get("hoard")).isBetween(50L * MEGABYTE, 200L * MEGABYTE);
    }
    service.accept(1);
    host.accept(1);
  }

  @Test
  void noRecordingIsLeftWhenTheBundleStops() {
    UsageRun run = profiler.begin(true);
    until(run, usage -> !usage.elapsed().isZero());
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).hasSize(1);
    profiler.deactivate();
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
    assertThatThrownBy(run::used)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the recorder of the JVM has ended");
    assertThatThrownBy(() -> profiler.begin(false)).isInstanceOf(IllegalStateException.class);
  }
}
