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

/** The virtual threads that compute, out of the JDK's own dump: they are in no other list. */
final class VirtualThreads {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualThreads.class);
  private static final Pattern HEAD = Pattern.compile("#\\d+ \"([^\"]*)\"( virtual)?.*");
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s+(?:at )?(?:[^/\\s(]*/)*([\\w.$]+)\\.([\\w$<>]+)\\(([^:)]*)(?::(\\d+))?\\)");

  private VirtualThreads() {}

  /** The stacks of those that do not wait, the innermost frame first. */
  static List<List<StackTraceElement>> computing() {
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
      return computing(Files.readAllLines(dump));
    } catch (IOException | JMException failed) {
      LOG.warn("virtual threads cannot be listed: {}", failed.toString());
      return List.of();
    } finally {
      delete(dump);
    }
  }

  static List<List<StackTraceElement>> computing(List<String> dump) {
    List<List<StackTraceElement>> stacks = new ArrayList<>();
    List<StackTraceElement> stack = null;
    for (String line : dump) {
      Matcher head = HEAD.matcher(line);
      Matcher frame = FRAME.matcher(line);
      if (head.matches()) {
        stack = head.group(2) == null ? null : new ArrayList<>();
        if (stack != null) {
          stacks.add(stack);
        }
      } else if (stack != null && frame.lookingAt()) {
        stack.add(
            new StackTraceElement(
                frame.group(1),
                frame.group(2),
                frame.group(3),
                frame.group(4) == null ? -1 : Integer.parseInt(frame.group(4))));
      }
    }
    return stacks.stream().filter(VirtualThreads::computes).toList();
  }

  /** One that waits is in the method by which it gave its carrier back. */
  private static boolean computes(List<StackTraceElement> stack) {
    return !stack.isEmpty() && !stack.get(0).getClassName().equals("java.lang.VirtualThread");
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
