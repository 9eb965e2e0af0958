package slipway.bots;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import slipway.bots.report.Figure;

/** The files that this process may have open, of which each connection is one. */
final class OpenFiles {

  private OpenFiles() {}

  /** For what Java opens meanwhile. */
  private static final int SPARE = 16;

  /**
   * Says at once what would fail later.
   *
   * @param connections how many are to be opened
   * @throws IOException if so many files are not allowed; says how many are
   */
  static void require(int connections) throws IOException {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long needed = (long) connections + SPARE;
      long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
      if (needed > free) {
        throw new IOException(
            Figure.grouped(connections)
                + " connections need "
                + Figure.grouped(needed)
                + " open files, and this process may open "
                + Figure.grouped(Math.max(0, free))
                + " more; raise \"ulimit -n\"");
      }
    }
  }
}
