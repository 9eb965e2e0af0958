package slipway.bots;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import slipway.bots.report.Figure;

/** The files that this process may have open, of which each connection is one. */
final class OpenFiles {

  private OpenFiles() {}

  /**
   * Says at once what would fail later.
   *
   * @param more how many are to be opened
   * @throws IOException if so many are not allowed; says how many are
   */
  static void require(int more) throws IOException {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
      if (more > free) {
        throw new IOException(
            "%s connections need %s open files, and this process may open %s more; raise \"ulimit -n\""
                .formatted(Figure.grouped(more), Figure.grouped(more), Figure.grouped(free)));
      }
    }
  }
}
