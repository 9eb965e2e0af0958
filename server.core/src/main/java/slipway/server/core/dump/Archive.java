package slipway.server.core.dump;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import slipway.config.Durations;
import slipway.dump.Attachable;
import slipway.dump.Attachments;

/**
 * A ZIP file that is written from its begin to its end. Each part writes in a thread of its own, so
 * that one that comes to no end holds nobody up; what it writes later is refused.
 */
final class Archive implements Closeable {

  private static final String CONTENTS = "contents.txt";

  private final ZipOutputStream zip;
  private final List<String> contents = new ArrayList<>();

  Archive(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /**
   * Adds what a part has.
   *
   * @param limit how long it may take
   * @throws IOException if the archive cannot be written
   */
  void add(Attachable part, Duration limit) throws IOException, InterruptedException {
    Entries entries = new Entries();
    CompletableFuture<Void> written = new CompletableFuture<>();
    Thread writer = Thread.ofVirtual().start(() -> write(part, entries, written));
    try {
      written.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      entries.note(part.title() + ": cut off after " + Durations.format(limit));
    } catch (ExecutionException failed) {
      entries.note(part.title() + ": failed: " + failed.getCause());
    } finally {
      entries.end(); // first, as what is interrupted may write once more
      writer.interrupt();
    }
    entries.throwIfBroken();
  }

  private static void write(Attachable part, Entries entries, CompletableFuture<Void> written) {
    try {
      part.attach(entries);
      written.complete(null);
    } catch (Exception | LinkageError failed) {
      written.completeExceptionally(failed);
    }
  }

  /** Adds a file of the host's own. */
  void copy(Path file, String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
    contents.add(name);
  }

  /** Adds what the archive contains, and what it lacks. */
  void end() throws IOException {
    zip.putNextEntry(new ZipEntry(CONTENTS));
    zip.write((String.join("\n", contents) + "\n").getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** What one part adds; closed to it as soon as its time is over. */
  private final class Entries implements Attachments {
    private Entry open;
    private boolean over;
    private IOException broken;

    @Override
    public synchronized OutputStream file(String name) throws IOException {
      if (over) {
        throw new IOException("the part took too long");
      }
      if (open != null) {
        throw new IOException("the file before " + name + " is not closed");
      }
      if (name.isEmpty()
          || name.startsWith("/")
          || name.indexOf('\\') >= 0
          || List.of(name.split("/")).contains("..")) {
        throw new IllegalArgumentException(name);
      }
      try {
        zip.putNextEntry(new ZipEntry(name));
      } catch (ZipException there) {
        throw there; // a file of that name, which is the part's fault alone
      } catch (IOException failed) {
        broken = failed;
        throw failed;
      }
      contents.add(name);
      open = new Entry(this);
      return open;
    }

    synchronized void note(String line) {
      contents.add(line.replaceAll("\\p{Cntrl}", " "));
    }

    synchronized void write(Entry entry, byte[] bytes, int offset, int length) throws IOException {
      if (over || open != entry) {
        throw new IOException(over ? "the part took too long" : "the file is closed");
      }
      try {
        zip.write(bytes, offset, length);
      } catch (IOException failed) {
        broken = failed;
        throw failed;
      }
    }

    synchronized void closed(Entry entry) throws IOException {
      if (open == entry) {
        open = null;
        try {
          zip.closeEntry();
        } catch (IOException failed) {
          broken = failed;
          throw failed;
        }
      }
    }

    synchronized void throwIfBroken() throws IOException {
      if (broken != null) {
        throw broken;
      }
    }

    synchronized void end() throws IOException {
      over = true;
      if (open != null) {
        closed(open);
      }
    }
  }

  private static final class Entry extends OutputStream {
    private final Entries entries;

    private Entry(Entries entries) {
      this.entries = entries;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      entries.write(this, bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      entries.closed(this);
    }
  }
}
