package slipway.server.core.watch;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import slipway.dump.Dump;
import slipway.dump.Dumpable;
import slipway.server.core.watch.ThreadDump.Dumped;

/**
 * The threads of the host and what each does. There may be as many virtual ones as connections, so
 * those that are at the same place are listed together.
 */
@Component(service = Dumpable.class)
public final class DumpedThreads implements Dumpable {

  /** Frames that say where a thread is; the whole of its stack is jstack's to show. */
  private static final int FRAMES = 8;

  @Override
  public String title() {
    return "threads";
  }

  @Override
  public void dump(Dump dump) {
    List<Dumped> all = ThreadDump.take();
    List<Dumped> platform =
        all.stream()
            .filter(thread -> !thread.virtual())
            .sorted(Comparator.comparing(Dumped::name))
            .toList();
    dump.line(
        "platform threads " + platform.size() + ", virtual ones " + (all.size() - platform.size()));
    platform.forEach(
        thread -> at(dump.line(thread.name() + ": " + state(thread.id())), top(thread)));
    Map<List<StackTraceElement>, Long> places =
        all.stream().filter(Dumped::virtual).collect(groupingBy(DumpedThreads::top, counting()));
    places.entrySet().stream()
        .sorted(Map.Entry.<List<StackTraceElement>, Long>comparingByValue().reversed())
        .forEach(place -> at(dump.line("virtual threads " + place.getValue()), place.getKey()));
  }

  private static List<StackTraceElement> top(Dumped thread) {
    return thread.stack().stream().limit(FRAMES).toList();
  }

  private static void at(Dump thread, List<StackTraceElement> stack) {
    stack.forEach(frame -> thread.line("at " + frame));
  }

  private static String state(long id) {
    ThreadInfo thread = ManagementFactory.getThreadMXBean().getThreadInfo(id);
    if (thread == null) {
      return "has ended";
    }
    String what = thread.getLockName() == null ? "" : " on " + thread.getLockName();
    return thread.getThreadState()
        + (thread.getLockOwnerName() == null
            ? what
            : what + ", which " + thread.getLockOwnerName() + " holds");
  }
}
