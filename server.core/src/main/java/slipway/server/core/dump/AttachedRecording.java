package slipway.server.core.dump;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import slipway.dump.Attachable;
import slipway.dump.Attachments;

/** What the flight recorder has, if it records. */
@Component
public final class AttachedRecording implements Attachable {

  @Override
  public String title() {
    return "recording";
  }

  @Override
  public void attach(Attachments to) throws Exception {
    if (!Recordings.areThere()) {
      return;
    }
    Path folder = Files.createTempDirectory("slipway-recording"); // made with mode 0700
    Path file = folder.resolve("recording.jfr");
    try {
      Recordings.write(file);
      try (OutputStream out = to.file("recording.jfr")) {
        Files.copy(file, out);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }
}
