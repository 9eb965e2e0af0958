package slipway.server.data;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A password, which no record, exception or debugger's text shows. */
final class Secret {

  private static final int MAX_BYTES = 4096;

  private final String text;
  private final Path file;

  private Secret(String text, Path file) {
    this.text = text;
    this.file = file;
  }

  static Secret of(String text) {
    return new Secret(text, null);
  }

  /** The content of a file, which may change while the host runs. */
  static Secret in(Path file) {
    return new Secret(null, file);
  }

  /**
   * The password as it is now, without the line end that editors leave.
   *
   * @throws IOException if the file cannot be read, or holds more than a password
   */
  String read() throws IOException {
    if (file == null) {
      return text;
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("the file has more than " + MAX_BYTES + " bytes");
    }
    String content = Files.readString(file);
    return content.endsWith("\r\n")
        ? content.substring(0, content.length() - 2)
        : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
  }

  /** The file that holds it, if others than its owner may read that; empty otherwise. */
  Optional<Path> openFile() {
    try {
      return file != null
              && Files.getPosixFilePermissions(file).stream()
                  .anyMatch(Set.of(GROUP_READ, OTHERS_READ)::contains)
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "(not shown)";
  }
}
