package slipway.server.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VirtualThreadsTest {

  private volatile boolean ended;

  private void spin() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  @Test
  void thoseThatComputeAreFoundWithTheirStacksAndThoseThatWaitAreNot() throws Exception {
    Thread computing = Thread.ofVirtual().start(this::spin);
    Thread waiting = Thread.ofVirtual().start(VirtualThreadsTest::sleep);
    try {
      List<List<StackTraceElement>> found = VirtualThreads.computing();
      while (found.isEmpty()) { // it has to get a carrier first
        found = VirtualThreads.computing();
      }
      assertThat(found)
          .allSatisfy(
              stack -> assertThat(stack).noneMatch(frame -> frame.getMethodName().equals("sleep")));
      assertThat(found)
          .anySatisfy(
              stack ->
                  assertThat(stack)
                      .anyMatch(
                          frame ->
                              frame.getClassName().equals(VirtualThreadsTest.class.getName())
                                  && frame.getMethodName().equals("spin")
                                  && frame.getLineNumber() > 0));
    } finally {
      ended = true;
      waiting.interrupt();
      computing.join();
      waiting.join();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void bothFormsOfTheDumpAreRead() {
    List<List<StackTraceElement>> found =
        VirtualThreads.computing(
            ThreadDump.read(
                List.of(
                    "#22 \"main\"",
                    "      java.base/java.lang.Thread.run(Thread.java:1)",
                    "",
                    "#23 \"stream-kv-1\" virtual",
                    "      author.kv.KvService.answer(KvService.java:12)",
                    "      java.base/java.lang.VirtualThread.run(VirtualThread.java:309)",
                    "#24 \"stream-kv-2\" virtual RUNNABLE 2026-11-26T01:54:57Z",
                    "    at author.kv.KvService.other(Unknown Source)",
                    "#25 \"stream-kv-3\" virtual WAITING 2026-11-26T01:54:57Z",
                    "    at java.base/java.lang.VirtualThread.park(VirtualThread.java:784)")));
    assertThat(found).hasSize(2);
    assertThat(found.get(0).get(0)).hasToString("author.kv.KvService.answer(KvService.java:12)");
    assertThat(found.get(1).get(0).getMethodName()).isEqualTo("other");
  }
}
