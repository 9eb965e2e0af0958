package slipway.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.osgi.annotation.versioning.ProviderType;

/** Files of an archive, one after the other; used by one thread. */
@ProviderType
public interface Attachments {

  /**
   * Begins a file.
   *
   * @param name its name in the archive, such as {@code conf/host.properties}: relative, and not
   *     there yet
   * @return takes its content; to be closed before the next file begins
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the name is absolute or leads out of the archive
   */
  OutputStream file(String name) throws IOException;

  /** Adds a file of UTF-8 text, as {@link #file} does. */
  default void text(String name, String text) throws IOException {
    try (OutputStream file = file(name)) {
      file.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
