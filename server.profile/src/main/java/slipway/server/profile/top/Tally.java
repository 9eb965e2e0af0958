package slipway.server.profile.top;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import slipway.server.profile.jfr.Attribution;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.jfr.Owner;

/** Sums up the events of a stream by owner. Belongs to the thread of the stream. */
public final class Tally {

  /** What the collector of garbage has used while the threads of Java waited for it. */
  static final Owner COLLECTOR = new Owner("gc", "");

  /** What the rest of the JVM has used: its compilers, and what collects beside Java's threads. */
  static final Owner JVM = new Owner("jvm", "");

  private final CpuSamples kind;
  private final long period;
  private final Shares cpu;
  private final Shares memory;
  private final long processBefore;
  private final Attribution attribution = new Attribution();

  /** Those since the last flush: the versions that they are of may be told after them. */
  private final List<RecordedEvent> samples = new ArrayList<>();

  private final List<RecordedEvent> allocations = new ArrayList<>();
  private final Map<Owner, Long> counts = new HashMap<>();
  private long collectorSpent;

  /**
   * Makes it.
   *
   * @param kind of the samples
   * @param period how much of its time is between two samples of a thread
   * @param threads what each thread has used until now
   * @param process what the process has had until now, in nanoseconds
   */
  Tally(CpuSamples kind, Duration period, ThreadUse threads, long process) {
    this.kind = kind;
    this.period = period.toNanos();
    this.cpu = new Shares(threads.cpu());
    this.memory = new Shares(threads.allocated());
    this.processBefore = process;
  }

  /** Learns of a version. */
  void version(RecordedEvent event) {
    attribution.learn(event);
  }

  /** A thread had a part of its processor time. */
  void sample(RecordedEvent event) {
    samples.add(event);
  }

  /** A thread has allocated something. */
  void allocation(RecordedEvent event) {
    allocations.add(event);
  }

  void collection(RecordedEvent event) {
    collectorSpent += event.getDuration("userTime").plus(event.getDuration("systemTime")).toNanos();
  }

  /**
   * Deals with what has come since the last time.
   *
   * @param threads what each thread has used until now
   */
  void flush(ThreadUse threads) {
    samples.forEach(this::count);
    samples.clear();
    allocations.forEach(this::countAllocation);
    allocations.clear();
    cpu.share(threads.cpu());
    memory.share(threads.allocated());
  }

  private void count(RecordedEvent sample) {
    RecordedThread thread = kind.thread(sample);
    if (thread != null && sample.getStackTrace() != null) {
      Owner owner = attribution.of(sample.getStackTrace());
      cpu.sample(ThreadUse.id(thread), owner, period);
      counts.merge(owner, 1L, Long::sum);
    }
  }

  /** The JVM loses samples of threads that allocate all the time; so this tells of these, too. */
  private void countAllocation(RecordedEvent allocation) {
    if (allocation.getThread() != null) {
      long thread = ThreadUse.id(allocation.getThread());
      Owner owner = attribution.of(allocation.getStackTrace());
      memory.sample(thread, owner, allocation.getLong("weight"));
      cpu.hint(thread, owner);
    }
  }

  /** Processor time until the last flush, in nanoseconds; that of a version never gets less. */
  public Map<Owner, Long> spent() {
    return cpu.used();
  }

  /**
   * What was used until the last flush.
   *
   * @param process what the process has had until now, in nanoseconds
   * @param handling for how long event loops were in whose handlers
   */
  Map<Owner, Usage> usages(long process, Map<Owner, Long> handling) {
    Map<Owner, Usage> all = new HashMap<>();
    Map<Owner, Long> spent = cpu.used();
    long java = spent.values().stream().mapToLong(Long::longValue).sum();
    add(all, spent, time -> new Usage(time, 0, 0, 0));
    add(all, memory.used(), bytes -> new Usage(0, bytes, 0, 0));
    add(all, handling, time -> new Usage(0, 0, time, 0));
    add(all, counts, count -> new Usage(0, 0, 0, count));
    all.put(COLLECTOR, new Usage(collectorSpent, 0, 0, 0));
    all.put(JVM, new Usage(Math.max(0, process - processBefore - java - collectorSpent), 0, 0, 0));
    return all;
  }

  private static void add(Map<Owner, Usage> all, Map<Owner, Long> more, LongFunction<Usage> usage) {
    more.forEach((owner, value) -> all.merge(owner, usage.apply(value), Usage::plus));
  }
}
