package slipway.server.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordingsTest {

  @TempDir Path folder;

  @Test
  void theEnvironmentAndOptionsAreLeftOut() throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.InitialEnvironmentVariable");
      recording.enable("jdk.InitialSystemProperty");
      recording.enable("jdk.JVMInformation");
      recording.enable("jdk.CPUInformation");
      recording.start();
      assertThat(Recordings.areThere()).isTrue();
      Path file = folder.resolve("recording.jfr");
      Recordings.write(file);
      List<String> events =
          RecordingFile.readAllEvents(file).stream()
              .map(RecordedEvent::getEventType)
              .map(type -> type.getName())
              .distinct()
              .toList();
      assertThat(events).containsExactly("jdk.CPUInformation");
      assertThat(folder.resolve("whole.jfr")).doesNotExist();
      assertThat(Files.size(file)).isPositive();
    }
  }
}
