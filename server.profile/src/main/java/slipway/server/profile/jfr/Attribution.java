package slipway.server.profile.jfr;

import java.util.HashMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/**
 * Finds whose code a recorded stack is of. It learns the versions from the recording itself. Not
 * thread-safe.
 */
public final class Attribution {

  /** The event by which it learns of a version. */
  public static final String VERSIONS = VersionEvent.NAME;

  private final Map<Long, Owner> owners = new HashMap<>();

  /** Learns of a version, by an event {@link #VERSIONS}. */
  public void learn(RecordedEvent version) {
    Long loader = loader(version.getClass(VersionEvent.TYPE));
    if (loader != null) {
      owners.put(
          loader,
          new Owner(
              version.getString(VersionEvent.SERVICE), version.getString(VersionEvent.VERSION)));
    }
  }

  /**
   * The version whose code is innermost on a stack: what Netty, a library or the host does is on
   * behalf of the version that has called it. {@link Owner#HOST} if there is none, or no stack.
   */
  public Owner of(RecordedStackTrace stack) {
    if (stack != null) {
      for (RecordedFrame frame : stack.getFrames()) {
        Long loader = frame.isJavaFrame() ? loader(frame.getMethod().getType()) : null;
        Owner owner = loader == null ? null : owners.get(loader);
        if (owner != null) {
          return owner;
        }
      }
    }
    return Owner.HOST;
  }

  /** The number of a class's loader in the recording; null for the JVM's own. */
  private static Long loader(RecordedClass type) {
    RecordedClassLoader loader = type == null ? null : type.getClassLoader();
    return loader == null ? null : loader.getId();
  }
}
