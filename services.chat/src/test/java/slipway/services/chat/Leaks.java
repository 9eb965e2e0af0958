package slipway.services.chat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the test class after which a buffer was collected that nobody had released. */
public final class Leaks implements AfterAllCallback {

  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  /** For JUnit. */
  public Leaks() {}

  /** Netty's detector, which tells of what it finds; Netty makes it, by its name. */
  public static final class Detector<T> extends ResourceLeakDetector<T> {

    /** As Netty asks for it. */
    public Detector(Class<?> type, int samplingInterval) {
      super(type, samplingInterval);
    }

    /** As Netty still looks for it, and says so in the log if it is missing. */
    public Detector(Class<?> type, int samplingInterval, long maxActive) {
      this(type, samplingInterval);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      FOUND.add(records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      FOUND.add(type);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.gc();
    // the detector looks at what was collected whenever a buffer is made
    for (int i = 0; i < 3; i++) {
      ByteBufAllocator.DEFAULT.buffer(1).release();
    }
    if (!FOUND.isEmpty()) {
      String leaks = String.join("\n", FOUND);
      FOUND.clear();
      throw new AssertionError("buffers leak: " + leaks);
    }
  }
}
