package slipway.server.core.watch;

import java.util.List;
import slipway.server.core.watch.ThreadDump.Dumped;

/** The virtual threads that compute. */
final class VirtualThreads {

  private VirtualThreads() {}

  /** The stacks of those that do not wait, the innermost frame first. */
  static List<List<StackTraceElement>> computing() {
    return computing(ThreadDump.take());
  }

  static List<List<StackTraceElement>> computing(List<Dumped> threads) {
    return threads.stream()
        .filter(Dumped::virtual)
        .map(Dumped::stack)
        .filter(VirtualThreads::computes)
        .toList();
  }

  /** One that waits is in the method by which it gave its carrier back. */
  private static boolean computes(List<StackTraceElement> stack) {
    return !stack.isEmpty() && !stack.get(0).getClassName().equals("java.lang.VirtualThread");
  }
}
