package slipway.server.core.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** What the flight recorder has. It is left alone if nothing has started it. */
final class Recordings {

  /** They have the environment, options, and command lines of other processes. */
  private static final Set<String> SECRET =
      Set.of(
          "jdk.InitialEnvironmentVariable",
          "jdk.InitialSystemProperty",
          "jdk.JVMInformation",
          "jdk.SystemProcess");

  private Recordings() {}

  static boolean areThere() {
    return FlightRecorder.isInitialized()
        && !FlightRecorder.getFlightRecorder().getRecordings().isEmpty();
  }

  /** What they take on the disk; 0 if there are none. */
  static long bytes() {
    return areThere()
        ? FlightRecorder.getFlightRecorder().getRecordings().stream()
            .mapToLong(Recording::getSize)
            .max()
            .orElse(0)
        : 0;
  }

  /**
   * Writes what was recorded until now, without what may be secret.
   *
   * @param file a new one; its folder takes another file meanwhile
   */
  static void write(Path file) throws IOException {
    Path whole = file.resolveSibling("whole.jfr");
    try (Recording all = FlightRecorder.getFlightRecorder().takeSnapshot()) {
      all.dump(whole);
      try (RecordingFile recorded = new RecordingFile(whole)) {
        recorded.write(file, event -> !SECRET.contains(event.getEventType().getName()));
      }
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
