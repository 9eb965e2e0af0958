package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineStreamTest {

  @Test
  void onlyWholeLinesArePassedOn() throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineStream stream = new LineStream(lines::add)) {
      stream.write("one\r\ntw".getBytes(StandardCharsets.UTF_8));
      assertThat(lines).containsExactly("one");
      stream.write("ö\n\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(lines).containsExactly("one", "twö", "");
  }
}
