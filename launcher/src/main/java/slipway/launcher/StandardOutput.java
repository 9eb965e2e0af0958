package slipway.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Remembers why output was lost, which a {@link java.io.PrintStream} does not tell. A reader that
 * has read enough, as {@code head}, is no failure, however much of the text it has taken.
 */
final class StandardOutput extends OutputStream {

  private final OutputStream out;
  private volatile IOException failure;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Why output was lost; empty if none was, or if its reader has closed it. */
  Optional<String> failure() {
    IOException lost = failure;
    return lost == null || "Broken pipe".equals(lost.getMessage())
        ? Optional.empty()
        : Optional.of(Reason.of(lost));
  }
}
