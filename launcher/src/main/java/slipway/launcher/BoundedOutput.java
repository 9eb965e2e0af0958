package slipway.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Standard output of a host in the background: a file that the shell has opened for appending, and
 * that may not grow for ever. When it is full it is kept once, as {@code FILE.1}, and started
 * again; the process's own file descriptor, to which the virtual machine writes, too, stays the
 * same.
 */
final class BoundedOutput extends OutputStream {

  private static final long LIMIT = 4L * 1024 * 1024;

  private final OutputStream out;
  private final Path file;
  private final long limit;
  private long written;

  BoundedOutput(OutputStream out, Path file, long limit) throws IOException {
    this.out = out;
    this.file = file;
    this.limit = limit;
    this.written = Files.size(file);
  }

  /** Puts itself between the process's output and the file that the output goes to. */
  static void install(Path file) throws IOException {
    OutputStream bounded = new BoundedOutput(new FileOutputStream(FileDescriptor.out), file, LIMIT);
    PrintStream stream = new PrintStream(bounded, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (written > limit) {
      Files.copy(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      written = 0;
    }
    out.write(bytes, offset, length);
    written += length;
  }
}
