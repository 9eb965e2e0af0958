package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  private static StandardOutput failing(String message) {
    return new StandardOutput(
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(message);
          }
        });
  }

  @Test
  void whyOutputIsLostIsTold() {
    StandardOutput output = failing("No space left on device");
    new PrintStream(output, true).println("text");

    assertThat(output.failure()).contains("No space left on device");
  }

  @Test
  void aReaderThatHasReadEnoughIsNoFailure() {
    StandardOutput output = failing("Broken pipe");
    new PrintStream(output, true).println("text");

    assertThat(output.failure()).isEmpty();
  }
}
