package slipway.dump.kept;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** The last lines of the log, over the place where it was rolled. */
public final class Tail {

  /** How much of it a dump has. */
  public static final long BYTES = 512 << 10;

  private Tail() {}

  /**
   * Copies the end of files that belong together, the oldest lines first; begins with a whole line.
   *
   * @param folder where they are
   * @param glob which they are
   * @param most how many bytes at most
   * @throws NoSuchFileException if there are none
   */
  public static void copy(Path folder, String glob, long most, OutputStream out)
      throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(files::add);
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(folder.resolve(glob).toString());
    }
    files.sort(Comparator.comparing(Tail::written).reversed());
    Deque<ByteBuffer> parts = new ArrayDeque<>();
    long left = most;
    for (Path file : files) {
      if (left <= 0) {
        break;
      }
      ByteBuffer part = end(file, left);
      left -= part.remaining();
      parts.addFirst(part);
    }
    for (ByteBuffer part : parts) {
      out.write(part.array(), part.position(), part.remaining());
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static ByteBuffer end(Path file, long most) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      long from = Math.max(0, size - most);
      ByteBuffer part = ByteBuffer.allocate((int) (size - from));
      while (part.hasRemaining() && channel.read(part, from + part.position()) >= 0) {
        // until it is full, or the file was cut meanwhile
      }
      part.flip();
      if (from > 0) {
        while (part.hasRemaining() && part.get() != '\n') {
          // the line whose begin is not there
        }
      }
      return part;
    }
  }
}
