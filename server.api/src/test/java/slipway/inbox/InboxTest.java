package slipway.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final List<Boolean> readings = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();
  private Consumer<Integer> does = item -> {};
  private boolean ready = true;

  private final Inbox.Taker<Integer> taker =
      new Inbox.Taker<>() {
        @Override
        public boolean isReady() {
          return ready;
        }

        @Override
        public void take(Integer item) {
          taken.add(item);
          does.accept(item);
        }
      };

  /** The size of an item is the item. */
  private final Inbox<Integer> inbox = new Inbox<>(10, 4, Integer::intValue, taker, readings::add);

  private void add(int... items) {
    for (int item : items) {
      inbox.add(item);
    }
  }

  private void goOn() {
    ready = true;
    inbox.next();
  }

  @Test
  void anItemIsTakenAsItComesAndReadingIsLeftAlone() {
    add(100, 200);
    assertThat(taken).containsExactly(100, 200);
    assertThat(inbox.size()).isZero();
    assertThat(readings).isEmpty();
  }

  @Test
  void itemsWaitInTheirOrderWhileTheTakerIsNotReady() {
    ready = false;
    add(1, 2, 3);
    inbox.next();
    assertThat(taken).isEmpty();
    assertThat(inbox.size()).isEqualTo(6);
    goOn();
    assertThat(taken).containsExactly(1, 2, 3);
    assertThat(inbox.isEmpty()).isTrue();
  }

  @Test
  void readingStopsAtTheHighMarkAndBeginsAtTheLowOneOnceEach() {
    ready = false;
    add(4, 5);
    assertThat(readings).as("below the high mark").isEmpty();
    add(1, 4);
    assertThat(readings).containsExactly(false);
    does = item -> ready = item != 5;
    goOn();
    assertThat(inbox.size()).isEqualTo(5);
    assertThat(readings).as("above the low mark").containsExactly(false);
    does = item -> ready = false;
    goOn();
    assertThat(inbox.size()).isEqualTo(4);
    assertThat(readings).containsExactly(false, true);
  }

  @Test
  void readingBeginsWhenAllHaveBeenTakenThatMayBe() {
    ready = false;
    add(5, 3, 2);
    does = item -> assertThat(readings).containsExactly(false);
    goOn();
    assertThat(taken).hasSize(3);
    assertThat(readings).containsExactly(false, true);
  }

  /** As a channel does that hands over what waits in it as soon as it is read. */
  @Test
  void whatComesAsReadingBeginsIsBehindAllOthers() {
    List<Integer> more = new ArrayList<>(List.of(7, 8));
    List<Inbox<Integer>> self = new ArrayList<>();
    Inbox<Integer> eager =
        new Inbox<>(
            10,
            4,
            Integer::intValue,
            taker,
            wanted -> {
              while (wanted && !more.isEmpty()) {
                self.get(0).add(more.remove(0));
              }
            });
    self.add(eager);
    ready = false;
    for (int item : List.of(5, 3, 2)) {
      eager.add(item);
    }
    ready = true;
    eager.next();
    assertThat(taken).containsExactly(5, 3, 2, 7, 8);
  }

  @Test
  void whatComesWhileAnItemIsTakenIsTakenBehindIt() {
    List<Integer> order = new ArrayList<>();
    does =
        item -> {
          if (item < 3) {
            add(item + 1);
            inbox.next(); // as when an answer makes the channel writable again
          }
          order.add(item);
        };
    add(1);
    assertThat(order).containsExactly(1, 2, 3);
  }

  @Test
  void aPeerIsNotReadAsLongAsOneItemWaits() {
    Inbox<Integer> one = new Inbox<>(taker, readings::add);
    one.add(1);
    assertThat(readings).isEmpty();
    ready = false;
    one.add(2);
    one.add(3);
    assertThat(readings).containsExactly(false);
    ready = true;
    one.next();
    assertThat(readings).containsExactly(false, true);
  }

  @Test
  void aTakerThatFailsLosesNothingBehindItsItemAndDoesNotStopReading() {
    ready = false;
    add(8, 2, 1);
    does =
        item -> {
          throw new IllegalStateException("a defect");
        };
    ready = true;
    assertThatIllegalStateException().isThrownBy(inbox::next);
    assertThat(readings).containsExactly(false, true);
    does = item -> {};
    inbox.next();
    assertThat(taken).containsExactly(8, 2, 1);
    does =
        item -> {
          throw new IllegalStateException("a defect");
        };
    assertThatIllegalStateException().isThrownBy(() -> inbox.add(4));
    does = item -> {};
    add(5);
    assertThat(taken).containsExactly(8, 2, 1, 4, 5);
  }

  @Test
  void aHandOverGetsWhatWaitsAndIsRead() {
    ready = false;
    add(5, 6);
    assertThat(inbox.takeAll()).containsExactly(5, 6);
    assertThat(readings).containsExactly(false, true);
    add(20);
    goOn();
    assertThat(taken).isEmpty();
    assertThat(readings).as("a closed one has no say").containsExactly(false, true);
  }

  @Test
  void aTakerMayCloseTheInboxWithinItsItem() {
    ready = false;
    add(5, 6);
    does = item -> inbox.close();
    goOn();
    assertThat(taken).containsExactly(5);
    assertThat(readings).containsExactly(false, true);
  }

  @Test
  void whatWaitsIsReleasedAtTheCloseAndSoIsWhatComesBehindIt() {
    ByteBuf before = Unpooled.buffer().writeByte(1);
    ByteBuf behind = Unpooled.buffer().writeByte(2);
    Inbox<ByteBuf> buffers =
        new Inbox<>(
            new Inbox.Taker<>() {
              @Override
              public boolean isReady() {
                return false;
              }

              @Override
              public void take(ByteBuf item) {
                throw new AssertionError("it is not ready");
              }
            },
            readings::add);
    buffers.add(before);
    buffers.close();
    buffers.add(behind);
    buffers.close();
    assertThat(before.refCnt()).isZero();
    assertThat(behind.refCnt()).isZero();
    assertThat(readings).containsExactly(false, true);
  }

  @Test
  void theLowMarkIsBelowTheHighOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Level(1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Level(1, -1));
  }
}
