package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedOutputTest {

  @TempDir Path folder;

  @Test
  void aFullFileIsKeptOnceAndBegunAnew() throws IOException {
    Path file = Files.writeString(folder.resolve("host.out"), "from before\n");
    try (OutputStream appending = Files.newOutputStream(file, StandardOpenOption.APPEND);
        OutputStream out = new BoundedOutput(appending, file, 20)) {
      out.write("1234567\n".getBytes(StandardCharsets.UTF_8));
      out.write("x\n".getBytes(StandardCharsets.UTF_8));
      out.write("new\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(folder.resolve("host.out.1")).hasContent("from before\n1234567\nx\n");
    assertThat(file).hasContent("new\n");
  }
}
