package slipway.server.profile.jfr;

import java.time.Duration;
import java.util.Locale;
import jdk.jfr.EventSettings;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/** The samples of what threads compute, of the kind that this Java has. */
public enum CpuSamples {

  /** By the processor time of each thread, also in native code: Java 25 and later, on Linux. */
  CPU_TIME("jdk.CPUTimeSample", "eventThread", "CPU-time samples"),

  /** By the clock, of a few threads at a time that are in Java code. */
  EXECUTION(
      "jdk.ExecutionSample",
      "sampledThread",
      "execution samples, of Java code only, as this Java has no CPU-time samples");

  /** How much of its time is between two samples of a thread. */
  public static final Duration PERIOD = Duration.ofMillis(10);

  private final String event;
  private final String thread;
  private final String title;

  CpuSamples(String event, String thread, String title) {
    this.event = event;
    this.thread = thread;
    this.title = title;
  }

  /** The best kind that this Java has. This begins JFR. */
  public static CpuSamples best() {
    boolean isLinux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    boolean isThere =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .anyMatch(type -> type.getName().equals(CPU_TIME.event));
    return isLinux && isThere ? CPU_TIME : EXECUTION;
  }

  /** The name of their event. */
  public String event() {
    return event;
  }

  /** Has a recording take them, given what its own {@code enable} has answered. */
  public void set(EventSettings settings) {
    set(settings, PERIOD);
  }

  /**
   * The same at another rate.
   *
   * @param period how much of its time is between two samples of a thread
   */
  public void set(EventSettings settings, Duration period) {
    if (this == CPU_TIME) {
      settings.with("throttle", period.toMillis() + "ms");
    } else {
      settings.withPeriod(period);
    }
  }

  /** The thread that a sample is of; null if that is not known. */
  public RecordedThread thread(RecordedEvent sample) {
    return sample.getThread(thread);
  }

  /** What an operator is told of them. */
  @Override
  public String toString() {
    return title;
  }
}
