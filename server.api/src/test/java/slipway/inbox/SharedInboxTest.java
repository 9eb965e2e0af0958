package slipway.inbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedInboxTest {

  private final EventLoop loop = new DefaultEventLoop();
  private final Queue<Boolean> readings = new ConcurrentLinkedQueue<>();

  /** The size of an item is the item. */
  private final SharedInbox<Integer> inbox =
      new SharedInbox<>(loop, 10, 4, Integer::intValue, this::reads);

  private void reads(boolean wanted) {
    assertThat(loop.inEventLoop()).isTrue();
    readings.add(wanted);
  }

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 5, SECONDS).syncUninterruptibly();
  }

  private <T> T inLoop(Callable<T> task) throws Exception {
    return loop.submit(task).get();
  }

  /** All that the loop was asked to do before has been done. */
  private void settled() throws Exception {
    inLoop(() -> null);
  }

  private void add(int... items) throws Exception {
    inLoop(
        () -> {
          for (int item : items) {
            inbox.add(item);
          }
          return null;
        });
  }

  private List<Integer> drain(int most) {
    List<Integer> items = new ArrayList<>();
    assertThat(inbox.drainTo(items, most)).isEqualTo(items.size());
    return items;
  }

  // ---- marks -----------------------------------------------------------------------------------

  @Test
  void readingStopsAtTheHighMarkAndBeginsAtTheLowOneOnceEach() throws Exception {
    add(4, 5);
    assertThat(readings).as("below the high mark").isEmpty();
    add(1, 4);
    assertThat(readings).containsExactly(false);
    drain(2);
    settled();
    assertThat(readings).as("above the low mark").containsExactly(false);
    drain(2);
    settled();
    assertThat(readings).containsExactly(false, true);
    assertThat(inbox.size()).isZero();
  }

  @Test
  void aBeginningOnItsWayToTheLoopDoesNotUndoAStopThatCameAfterIt() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    CountDownLatch drained = new CountDownLatch(1);
    loop.execute(
        () -> {
          inbox.add(10);
          full.countDown();
          awaitUninterrupted(drained);
          inbox.add(11);
        });
    full.await();
    assertThat(drain(1)).containsExactly(10);
    drained.countDown();
    settled();
    assertThat(inbox.size()).isEqualTo(11);
    assertThat(readings).as("still full").containsExactly(false);
    assertThat(drain(1)).containsExactly(11);
    settled();
    assertThat(readings).containsExactly(false, true);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBatchHasAsManyAsTheFrameTakes() throws Exception {
    add(1, 2, 3);
    assertThat(drain(2)).containsExactly(1, 2);
    assertThat(drain(2)).containsExactly(3);
    assertThat(drain(2)).isEmpty();
  }

  // ---- one who waits ---------------------------------------------------------------------------

  @Test
  void partOfAnItemIsUsedAndTheItemReleasedAtItsEnd() throws Exception {
    SharedInbox<ByteBuf> buffers =
        new SharedInbox<>(loop, 10, 4, ByteBuf::readableBytes, this::reads);
    ByteBuf buffer = Unpooled.buffer().writeBytes(new byte[12]);
    inLoop(
        () -> {
          buffers.add(buffer);
          return null;
        });
    assertThat(readings).containsExactly(false);
    assertThat(buffers.use(first -> read(first, 7))).isEqualTo(7);
    settled();
    assertThat(readings).as("5 bytes wait").containsExactly(false);
    assertThat(buffers.use(first -> read(first, 1))).isEqualTo(1);
    settled();
    assertThat(readings).as("4 bytes wait").containsExactly(false, true);
    assertThat(buffer.refCnt()).isEqualTo(1);
    assertThat(buffers.use(first -> read(first, 4))).isEqualTo(4);
    assertThat(buffer.refCnt()).isZero();
    buffers.end();
    assertThat(buffers.use(first -> read(first, 1))).isEqualTo(-1);
  }

  private static int read(ByteBuf first, int count) {
    first.skipBytes(count);
    return count;
  }

  @Test
  void whatWaitsCanBeTakenAfterTheEndAndWhatComesThenIsDropped() throws Exception {
    add(1);
    inbox.end();
    add(2);
    assertThat(inbox.isEnded()).isTrue();
    assertThat(inbox.await(() -> false)).isTrue();
    assertThat(drain(9)).containsExactly(1);
    assertThat(inbox.await(() -> false)).isFalse();
  }

  @Test
  void aThreadThatWaitsIsWokenForItsCondition() throws Exception {
    AtomicBoolean wanted = new AtomicBoolean();
    CountDownLatch looked = new CountDownLatch(1);
    List<Boolean> there = new ArrayList<>();
    Thread waiting =
        Thread.startVirtualThread(
            () -> {
              try {
                there.add(
                    inbox.await(
                        () -> {
                          looked.countDown();
                          return wanted.get();
                        }));
              } catch (InterruptedException leaving) {
                Thread.currentThread().interrupt();
              }
            });
    looked.await();
    wanted.set(true);
    inbox.wake();
    waiting.join();
    assertThat(there).containsExactly(false);
  }

  // ---- the end ---------------------------------------------------------------------------------

  @Test
  void aHandOverGetsWhatWaitsAndIsReadBeforeTheNextVersionHasIt() throws Exception {
    add(5, 6);
    List<Boolean> before = new ArrayList<>();
    List<Integer> all =
        inLoop(
            () -> {
              List<Integer> taken = inbox.takeAll();
              before.addAll(readings);
              return taken;
            });
    assertThat(all).containsExactly(5, 6);
    assertThat(before).containsExactly(false, true);
    add(20);
    assertThat(inbox.size()).isZero();
    assertThat(readings).as("a closed one has no say").containsExactly(false, true);
  }

  @Test
  void whatWaitsIsReleasedAtTheCloseAndSoIsWhatComesBehindIt() throws Exception {
    SharedInbox<ByteBuf> buffers =
        new SharedInbox<>(loop, 1, 0, ByteBuf::readableBytes, this::reads);
    ByteBuf before = Unpooled.buffer().writeByte(1);
    ByteBuf behind = Unpooled.buffer().writeByte(2);
    loop.execute(() -> buffers.add(before));
    settled();
    buffers.close();
    loop.execute(() -> buffers.add(behind));
    settled();
    buffers.close();
    assertThat(before.refCnt()).isZero();
    assertThat(behind.refCnt()).isZero();
    assertThat(readings).containsExactly(false, true);
  }

  @Test
  void aCloseAfterTheLoopsHaveEndedDoesNoHarm() throws Exception {
    add(10);
    stop();
    inbox.close();
    assertThat(inbox.size()).isZero();
  }

  // ---- both at once ----------------------------------------------------------------------------

  /** Sends numbers as long as it is read; so it sends no more if reading does not begin again. */
  private final class Peer {
    private static final int ALL = 300_000;
    private static final int PIECE = 7;

    private final SharedInbox<Integer> to = new SharedInbox<>(loop, 64, 16, Peer::size, this::read);
    private final AtomicLong most = new AtomicLong();
    private boolean isRead = true;
    private int next;

    static int size(int item) {
      return 1 + item % 3;
    }

    private void read(boolean wanted) {
      assertThat(loop.inEventLoop()).isTrue();
      assertThat(wanted).isNotEqualTo(isRead);
      isRead = wanted;
      if (wanted) {
        loop.execute(this::send);
      }
    }

    private void send() {
      while (isRead && next < ALL) {
        for (int i = 0; i < PIECE && next < ALL; i++) { // one read gives some, however full it is
          to.add(next++);
        }
        most.accumulateAndGet(to.size(), Math::max);
      }
      if (next == ALL) {
        to.end();
      }
    }
  }

  @Test
  void nothingIsLostAndTheOrderIsKeptBetweenTwoThreads() throws Exception {
    Peer peer = new Peer();
    loop.execute(peer::send);
    List<Integer> batch = new ArrayList<>();
    int expected = 0;
    while (peer.to.await(() -> false)) {
      peer.to.drainTo(batch, 1 + expected % 40);
      for (int item : batch) {
        if (item != expected++) { // an assertion for each would be most of the test
          throw new AssertionError(item + " is not " + (expected - 1));
        }
      }
      batch.clear();
    }
    settled();
    assertThat(expected).isEqualTo(Peer.ALL);
    assertThat(peer.to.size()).isZero();
    assertThat(inLoop(() -> peer.isRead)).isTrue();
    assertThat(peer.most).hasValueLessThan(64 + 3 * Peer.PIECE);
  }
}
