package slipway.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.bench.measure.Frames;

class FrameTwinTest {

  @Test
  void itsLinesAreNumbersAndHowLateFramesWere() throws IOException {
    Frames frames = FrameTwin.parse(25, List.of("0 51", "1 52", "4 60"));
    assertThat(frames.latenessFrom(0)).containsExactly(51, 52, 60);
    assertThat(frames.missed()).isEqualTo(2);
  }

  @Test
  void otherLinesAreRefused() {
    assertThatThrownBy(() -> FrameTwin.parse(25, List.of("usage: frames FPS")))
        .hasMessage("the C loop has printed: usage: frames FPS");
  }
}
