package slipway.server.core.watch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's own dump of all threads, as virtual ones are in no other list. */
public final class ThreadDump {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadDump.class);
  private static final Pattern HEAD = Pattern.compile("#(\\d+) \"([^\"]*)\"( virtual)?.*");

  private ThreadDump() {}

  /**
   * A thread as the dump has it.
   *
   * @param id its id
   * @param name its name
   * @param virtual whether it is a virtual one
   * @param stack what it was at, the innermost frame first
   */
  public record Dumped(long id, String name, boolean virtual, List<StackTraceElement> stack) {}

  /** All threads; none, with a warning, if the JDK cannot write its dump. Takes some time. */
  public static List<Dumped> take() {
    Path dump = null;
    try {
      dump = Files.createTempFile("slipway-threads", ".txt");
      Files.delete(dump); // it has to be a new file
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "dumpThreads",
              new Object[] {dump.toString(), "TEXT_PLAIN"},
              new String[] {String.class.getName(), String.class.getName()});
      return read(Files.readAllLines(dump));
    } catch (IOException | JMException failed) {
      LOG.warn("threads cannot be listed: {}", failed.toString());
      return List.of();
    } finally {
      delete(dump);
    }
  }

  static List<Dumped> read(List<String> lines) {
    List<Dumped> threads = new ArrayList<>();
    for (String line : lines) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        threads.add(
            new Dumped(
                Long.parseLong(head.group(1)),
                head.group(2),
                head.group(3) != null,
                new ArrayList<>()));
      } else if (!threads.isEmpty()) {
        threads.getLast().stack().addAll(Frames.in(line));
      }
    }
    threads.replaceAll(
        one -> new Dumped(one.id(), one.name(), one.virtual(), List.copyOf(one.stack())));
    return List.copyOf(threads);
  }

  private static void delete(Path dump) {
    try {
      if (dump != null) {
        Files.deleteIfExists(dump);
      }
    } catch (IOException left) {
      LOG.debug("{} is left", dump, left);
    }
  }
}
