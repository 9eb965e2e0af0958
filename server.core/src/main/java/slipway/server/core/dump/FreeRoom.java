package slipway.server.core.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import slipway.admin.AdminException;

/** Whether the disk has room for a dump: the log and the database need some after it, too. */
class FreeRoom {

  /** What has to be left. */
  private static final long RESERVE = 64L << 20;

  /**
   * Checks that there is enough.
   *
   * @param folder where the dump is to be
   * @param bytes what it may take
   * @param what what it is, for the message
   * @throws AdminException if there is not enough
   */
  void check(Path folder, long bytes, String what) throws AdminException, IOException {
    long free = free(folder);
    if (free - RESERVE < bytes) {
      throw new AdminException(
          what
              + " may take "
              + megabytes(bytes)
              + ", and of the "
              + megabytes(free)
              + " that are free in var/dump "
              + megabytes(RESERVE)
              + " have to remain: make room there first");
    }
  }

  /** How many bytes this user may write there. */
  long free(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", (bytes + 999_999) / 1_000_000);
  }
}
