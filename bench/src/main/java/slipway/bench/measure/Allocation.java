package slipway.bench.measure;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a Java process allocates on its heap. Its own management tells that for each thread, exact
 * to the byte, collected or not; {@code jcmd} and {@code jstat} round it. Threads that answer the
 * asking are left out. What lies outside the heap, as Netty's buffers do, is not counted. Used by
 * one thread.
 */
public final class Allocation implements Closeable {

  private final ThreadMXBean threads;
  private final Closeable connection;

  /** What each thread had allocated when it was last asked. */
  private Map<Long, Long> known = new HashMap<>();

  /**
   * Asks a process.
   *
   * @param threads its threads; null if it is not of Java
   */
  Allocation(ThreadMXBean threads, Closeable connection) {
    this.threads = threads;
    this.connection = connection;
  }

  /** Asks a process. One of Java loads its management for that, and keeps it. */
  public static Allocation of(long pid) throws IOException {
    if (!isJava(pid)) {
      return new Allocation(null, () -> {});
    }
    JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address(pid)));
    try {
      return new Allocation(
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.THREAD_MXBEAN_NAME,
              ThreadMXBean.class),
          connector);
    } catch (IOException | RuntimeException failed) {
      connector.close();
      throw failed;
    }
  }

  private static boolean isJava(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith("/java"))
        .isPresent();
  }

  private static String address(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException refused) {
      throw new IOException("the process " + pid + " does not tell what it allocates", refused);
    }
  }

  /**
   * Bytes that were allocated since this was last asked, or since the process began. Those of
   * threads that have ended meanwhile are missing.
   *
   * @return NaN if the process is not of Java
   */
  public double bytesSinceLast() throws IOException {
    if (threads == null) {
      return Double.NaN;
    }
    Map<Long, Long> now = byThread();
    long bytes = 0;
    for (Map.Entry<Long, Long> each : now.entrySet()) {
      bytes += each.getValue() - known.getOrDefault(each.getKey(), 0L);
    }
    known = now;
    return bytes;
  }

  private Map<Long, Long> byThread() throws IOException {
    try {
      long[] ids = threads.getAllThreadIds();
      ThreadInfo[] infos = threads.getThreadInfo(ids);
      long[] bytes = threads.getThreadAllocatedBytes(ids);
      Map<Long, Long> all = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        if (infos[i] != null && bytes[i] >= 0 && !isAsking(infos[i].getThreadName())) {
          all.put(ids[i], bytes[i]);
        }
      }
      return all;
    } catch (UndeclaredThrowableException lost) { // which is how it throws an IOException
      throw new IOException("the process does not tell what it allocates", lost.getCause());
    }
  }

  private static boolean isAsking(String thread) {
    return thread.startsWith("RMI ")
        || thread.startsWith("JMX ")
        || thread.equals("Attach Listener");
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
