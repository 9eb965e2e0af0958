package slipway.server.acceptor;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The file descriptors of this process, asked of the JDK by their names. */
final class ProcessDescriptors {

  private static final String LIMIT = "MaxFileDescriptorCount";
  private static final String OPEN = "OpenFileDescriptorCount";

  private ProcessDescriptors() {}

  static Descriptors get() {
    return new Descriptors(() -> count(LIMIT, -1), () -> count(OPEN, count(LIMIT, 0)));
  }

  /** The default if the system has no limit, or has no descriptor left to look with. */
  private static long count(String attribute, long otherwise) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
      return (long) server.getAttribute(system, attribute);
    } catch (JMException | RuntimeException unknown) {
      return otherwise;
    }
  }
}
