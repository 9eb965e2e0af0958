package slipway.bench.peer;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Processes that the bench has started, so that none outlives it. */
final class Children {

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private Children() {}

  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    RUNNING.add(process);
    process.onExit().thenAccept(RUNNING::remove);
    return process;
  }

  static void kill(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
