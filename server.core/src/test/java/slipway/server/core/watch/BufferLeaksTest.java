package slipway.server.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BufferLeaksTest {

  private final BlockingQueue<List<StackTraceElement>> told = new LinkedBlockingQueue<>();
  private final ResourceLeakDetector<Object> detector =
      new BufferLeaks((type, frames) -> told.add(frames)).newResourceLeakDetector(Object.class, 1);

  private void leak() {
    detector.trackForcibly(new Object());
  }

  @Test
  void whatWasNotReleasedIsToldWithWhereItWasMade() {
    leak();
    awaitTold();
    assertThat(told)
        .anyMatch(
            frames ->
                frames.stream()
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals(BufferLeaksTest.class.getName())
                                && frame.getMethodName().equals("leak")
                                && frame.getLineNumber() > 0));
  }

  /** Netty looks for what was collected when another one is made. */
  private void awaitTold() {
    while (told.stream().flatMap(List::stream).noneMatch(BufferLeaksTest::isLeak)) {
      System.gc();
      detector.track(new Object());
    }
  }

  private static boolean isLeak(StackTraceElement frame) {
    return frame.getMethodName().equals("leak");
  }

  private void makeAndRelease() {
    Object released = new Object();
    detector.trackForcibly(released).close(released);
  }

  @Test
  void whatWasReleasedIsNotTold() {
    makeAndRelease();
    leak();
    awaitTold();
    assertThat(told)
        .noneMatch(
            frames ->
                frames.stream().anyMatch(frame -> frame.getMethodName().equals("makeAndRelease")));
  }
}
