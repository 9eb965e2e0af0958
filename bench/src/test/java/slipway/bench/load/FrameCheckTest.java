package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameCheckTest {

  private final FrameCheck check = new FrameCheck(7);
  private final List<Long> good = new ArrayList<>();

  private void arrives(byte[] bytes) {
    check.read(ByteBuffer.wrap(bytes), good::add);
  }

  @Test
  void framesInTheirOrderAreGood() {
    arrives(Frame.of(7, 0));
    arrives(Frame.of(7, 1));
    assertThat(good).containsExactly(0L, 1L);
    assertThat(check.wrong()).isZero();
  }

  @Test
  void piecesMakeAFrame() {
    byte[] frame = Frame.of(7, 0);
    for (byte each : frame) {
      arrives(new byte[] {each});
    }
    assertThat(good).containsExactly(0L);
    assertThat(check.begun()).isZero();
  }

  @Test
  void aFrameThatIsMissingIsSeenAtTheNextOne() {
    arrives(Frame.of(7, 0));
    arrives(Frame.of(7, 2));
    arrives(Frame.of(7, 3));
    assertThat(check.wrong()).isEqualTo(1);
    assertThat(good).containsExactly(0L, 3L);
  }

  @Test
  void aFrameThatComesTwiceIsWrong() {
    arrives(Frame.of(7, 0));
    arrives(Frame.of(7, 0));
    assertThat(check.wrong()).isEqualTo(1);
  }

  @Test
  void anotherConnectionsFrameIsWrong() {
    arrives(Frame.of(8, 0));
    assertThat(check.wrong()).isEqualTo(1);
  }

  @Test
  void aByteThatWasChangedIsSeen() {
    byte[] frame = Frame.of(7, 0);
    frame[Frame.LENGTH - 2]++;
    arrives(frame);
    assertThat(check.wrong()).isEqualTo(1);
  }

  @Test
  void aByteThatWasLostIsSeen() {
    byte[] frame = Frame.of(7, 0);
    check.read(ByteBuffer.wrap(frame, 1, frame.length - 1), good::add);
    assertThat(check.begun()).isEqualTo(Frame.LENGTH - 1);
    arrives(Frame.of(7, 1));
    assertThat(good).isEmpty();
    assertThat(check.wrong()).isEqualTo(1);
  }
}
