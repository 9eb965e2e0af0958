package slipway.dump.kept;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/** What Java tells of its own process, as {@code jcmd} would from outside. */
public final class Diagnostics {

  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
  private static final String HOTSPOT = "com.sun.management:type=HotSpotDiagnostic";
  private static final String STRING = String.class.getName();
  private static final String STRINGS = String[].class.getName();

  private static final int BUFFER = 1 << 16;

  private Diagnostics() {}

  /** Platform threads with their locks, and deadlocks; virtual ones are not among them. */
  public static String locks() throws IOException {
    return invoke("threadPrint", "-l");
  }

  /**
   * Writes all threads with their stacks, virtual ones, too.
   *
   * @param file a new one; absolute
   */
  public static void threads(Path file) throws IOException {
    call(HOTSPOT, "dumpThreads", new Object[] {file.toString(), "JSON"}, STRING, STRING);
  }

  /**
   * Writes the objects that are in use, compressed. The process stands still while Java writes
   * them; they are compressed after that, as Java has no way to do so from inside.
   *
   * @param file a new one; absolute. Its folder has both files for a while
   * @throws IOException if it cannot be written, also because the thread was interrupted
   */
  public static void heap(Path file) throws IOException {
    Path whole = file.resolveSibling("whole.hprof");
    try {
      call(HOTSPOT, "dumpHeap", new Object[] {whole.toString(), true}, STRING, "boolean");
      try (OutputStream out = new Fast(Files.newOutputStream(file))) {
        Files.copy(whole, out);
      }
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Compresses a heap to a third or a fourth, as a better level would, in a third of the time. */
  private static final class Fast extends GZIPOutputStream {
    private Fast(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static String invoke(String command, String... arguments) throws IOException {
    return String.valueOf(call(COMMANDS, command, new Object[] {arguments}, STRINGS));
  }

  private static Object call(String bean, String operation, Object[] values, String... types)
      throws IOException {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .invoke(new ObjectName(bean), operation, values, types);
    } catch (JMException | RuntimeMBeanException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new IOException(cause.toString(), failed);
    }
  }
}
