package slipway.services.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the client is sent: the text of a command as it comes, and a last line.
 *
 * <p>May be written by several threads, as the parts of a pipe do; a write blocks while the client
 * does not read, and fails once the connection is closed.
 */
final class Reply extends OutputStream {

  private static final String WAITS = "Waits: ";

  private final ReentrantLock lock = new ReentrantLock();
  private final OutputStream out;
  private boolean midLine;

  Reply(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /** Sends text at once. NUL and SYN, which are the protocol's, are sent as {@code ?}. */
  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      byte value = source[offset + i];
      text[i] = value == 0 || value == Request.ALIVE ? (byte) '?' : value;
    }
    lock.lock();
    try {
      midLine = text[length - 1] != '\n';
      out.write(text);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells a program that its command still runs; not while text is on its way, which tells it too.
   */
  void alive() throws IOException {
    if (lock.tryLock()) {
      try {
        out.write(Request.ALIVE);
        out.flush();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends a reply: the command did what it was to do. */
  void succeed(boolean nul) throws IOException {
    end("Success", nul);
  }

  /**
   * Ends a reply: the command failed.
   *
   * @param message why, in one line
   * @param nul whether the reply is to end with NUL
   */
  void fail(String message, boolean nul) throws IOException {
    end("Error: " + message, nul);
  }

  /**
   * Ends a part of a reply: the next request is to be an answer. Ends with NUL.
   *
   * @param kind how the answer is got, a word that the client knows
   * @param question what is asked
   */
  void ask(String kind, String question) throws IOException {
    end(kind + ": " + plain(question), true);
  }

  /**
   * Tells a person what the command waits for. Ends with NUL, and the reply continues after it; not
   * while text is on its way or in the middle of a line.
   *
   * @return whether it was told
   */
  boolean tell(String what) throws IOException {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      if (midLine) {
        out.write(Request.ALIVE);
      } else {
        out.write((WAITS + plain(what) + '\0').getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      return !midLine;
    } finally {
      lock.unlock();
    }
  }

  private static String plain(String line) {
    return line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  private void end(String line, boolean nul) throws IOException {
    String ending = line + (nul ? '\0' : '\n');
    lock.lock();
    try {
      out.write(((midLine ? "\n" : "") + ending).getBytes(StandardCharsets.UTF_8));
      midLine = false;
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** Gogo closes what it writes to when a command is interrupted; the connection is not Gogo's. */
  @Override
  public void close() {}
}
