package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedCheckTest {

  private static final int SESSION = 1;

  private final PublishedCheck check = new PublishedCheck(SESSION, 3);
  private final PublishPacket packet = new PublishPacket();
  private final List<Long> dues = new ArrayList<>();

  private void arrives(int publisher, int number) {
    arrives(packet.published(publisher, number, 100 * publisher + number));
  }

  private void arrives(ByteBuffer bytes) {
    check.read(bytes, dues::add);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  private void assertCounts(long good, long wrong) {
    assertThat(check.good()).isEqualTo(good);
    assertThat(check.wrong()).isEqualTo(wrong);
    assertThat(dues).hasSize((int) good);
  }

  @Test
  void packetsOfEachPublisherInTheirOrderAreGood() {
    arrives(0, 0);
    arrives(2, 0);
    arrives(2, 1);
    arrives(0, 1);
    assertCounts(4, 0);
    assertThat(dues).containsExactly(0L, 200L, 201L, 1L);
  }

  @Test
  void piecesMakeAPacket() {
    ByteBuffer all = ByteBuffer.allocate(2 * PublishPacket.LENGTH);
    all.put(packet.published(0, 0, 7)).put(packet.published(0, 1, 8));
    for (byte each : all.array()) {
      arrives(ByteBuffer.wrap(new byte[] {each}));
    }
    assertCounts(2, 0);
    arrives(all.flip());
    assertCounts(2, 2);
  }

  @Test
  void severalComeAtOnceWithTheBeginOfTheNextOne() {
    ByteBuffer all = ByteBuffer.allocate(2 * PublishPacket.LENGTH + 5);
    all.put(packet.published(0, 0, 7)).put(packet.published(0, 1, 8));
    all.put(packet.published(0, 2, 9).limit(5));
    arrives(all.flip());
    assertCounts(2, 1);
    ByteBuffer rest = packet.published(0, 2, 9);
    arrives(rest.position(5));
    assertCounts(3, 0);
  }

  @Test
  void afterOneThatIsMissingTheNextIsGood() {
    arrives(0, 0);
    arrives(0, 2);
    assertCounts(2, 0);
  }

  @Test
  void onesThatComeTwiceOrLateAreWrong() {
    arrives(0, 0);
    arrives(0, 0);
    arrives(0, 2);
    arrives(0, 1);
    assertCounts(2, 2);
  }

  @Test
  void onesOfTheSessionItselfAndOfNobodyAreWrong() {
    arrives(SESSION, 0);
    arrives(3, 0);
    arrives(-1, 0);
    assertCounts(0, 3);
  }

  @Test
  void eachByteCounts() {
    for (int i = 0; i < PublishPacket.LENGTH; i++) {
      ByteBuffer changed = packet.published(0, 0, 7);
      changed.put(i, (byte) (changed.get(i) + 1));
      arrives(changed);
    }
    arrives(packet.request(0, 0, 7));
    assertCounts(0, PublishPacket.LENGTH + 1);
  }
}
