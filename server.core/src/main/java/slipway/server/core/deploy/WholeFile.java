package slipway.server.core.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is replaced as a whole: its content is written to another file beside it and forced
 * to the disk, and then gets its name. After a crash of the process or the machine there is the old
 * content or the new one, and never a part of one. May be used from any thread.
 */
final class WholeFile {

  private static final Logger LOG = LoggerFactory.getLogger(WholeFile.class);

  private WholeFile() {}

  /** Writes a content to its end, and forces it to the disk. What fails may leave a part of it. */
  static void write(InputStream content, Path part) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.transferTo(Channels.newOutputStream(out));
      out.force(true);
    }
  }

  /** Gives what was written the name of the file, in place of what has it now. */
  static void publish(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException unsynchronised) {
      LOG.debug("{} cannot be flushed to the disk", file.getParent(), unsynchronised);
    }
  }

  /**
   * Replaces a file.
   *
   * @param part the file beside it, which is not there afterwards
   */
  static void replace(Path file, Path part, byte[] content) throws IOException {
    try {
      write(new ByteArrayInputStream(content), part);
      publish(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
