package slipway.server.core.watch;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Hears of buffers that were collected without being released, and where they were made. Netty
 * samples buffers for this. Netty also logs them.
 */
final class BufferLeaks extends ResourceLeakDetectorFactory {

  private final BiConsumer<String, List<StackTraceElement>> told;

  /**
   * Makes what can be set as Netty's factory.
   *
   * @param told given the kind of the resource and the frames that are known, in any thread
   */
  BufferLeaks(BiConsumer<String, List<StackTraceElement>> told) {
    this.told = told;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty has it implemented, and calls another one
  public <T> ResourceLeakDetector<T> newResourceLeakDetector(
      Class<T> resource, int samplingInterval, long maxActive) {
    return new Detector<>(resource, samplingInterval);
  }

  private final class Detector<T> extends ResourceLeakDetector<T> {

    Detector(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      super.reportTracedLeak(type, records);
      told.accept(type, Frames.in(records));
    }
  }
}
