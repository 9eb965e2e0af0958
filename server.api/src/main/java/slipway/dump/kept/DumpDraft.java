package slipway.dump.kept;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A dump that is being written. Each of its files may fail, as when the disk is full: the dump then
 * says which is missing and why, and has the others. It is deleted when it is closed, unless it was
 * kept. Used by one thread.
 */
public final class DumpDraft implements Closeable {

  private static final int LONGEST = 200;

  private final DumpFolder place;
  private final String time;
  private final Path folder;
  private final List<String> lines = new ArrayList<>();
  private boolean kept;

  DumpDraft(DumpFolder place, String time, Path folder) {
    this.place = place;
    this.time = time;
    this.folder = folder;
  }

  /** Writes one file of a dump. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes it.
     *
     * @param out closed by the caller
     * @throws Exception if it cannot be written
     */
    void to(OutputStream out) throws Exception;
  }

  /** Makes a file that is not there yet by other means than a stream. */
  @FunctionalInterface
  public interface Making {

    /**
     * Makes it.
     *
     * @throws Exception if it cannot be made
     */
    void make(Path file) throws Exception;
  }

  /**
   * Writes a file.
   *
   * @param name its name
   * @param what what it is
   * @return whether it is there
   */
  public boolean write(String name, String what, Content content) throws InterruptedException {
    return make(
        name,
        what,
        file -> {
          try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            Files.setPosixFilePermissions(file, DumpFolder.FILE);
            content.to(out);
          }
        });
  }

  /**
   * Has a file made, as {@link #write} does.
   *
   * @throws InterruptedException if the maker was interrupted
   */
  public boolean make(String name, String what, Making making) throws InterruptedException {
    try {
      need(name, what, making);
      return true;
    } catch (InterruptedException stop) {
      throw stop;
    } catch (Exception | LinkageError failed) {
      missing(name, reason(failed));
      deleteIfEmpty(folder.resolve(name));
      return false;
    }
  }

  /**
   * Has a file made without which the dump is none.
   *
   * @throws Exception if it cannot be made
   */
  public void need(String name, String what, Making making) throws Exception {
    Path file = folder.resolve(name);
    making.make(file);
    Files.setPosixFilePermissions(file, DumpFolder.FILE);
    lines.add(name + ": " + what);
  }

  /** What was begun and is not empty may still tell something. */
  private static void deleteIfEmpty(Path file) {
    try {
      if (Files.exists(file) && Files.size(file) == 0) {
        Files.delete(file);
      } else if (Files.exists(file)) {
        Files.setPosixFilePermissions(file, DumpFolder.FILE);
      }
    } catch (IOException left) {
      // it is private by its folder
    }
  }

  /** Some failures have nothing but a file's name as their message. */
  private static String reason(Throwable failed) {
    boolean says =
        failed.getMessage() != null
            && !(failed instanceof FileSystemException file && file.getReason() == null);
    return says ? failed.getMessage() : failed.toString();
  }

  /** Moves a file here that is not in use. */
  public boolean take(Path from, String name, String what) throws InterruptedException {
    return make(name, what, file -> Files.move(from, file, StandardCopyOption.REPLACE_EXISTING));
  }

  /** Says why a file is missing, or not whole. */
  public void missing(String name, String why) {
    lines.add(name + " is missing or not whole: " + inOneLine(why));
  }

  /** Says something else in {@code event.txt}. */
  public void note(String line) {
    lines.add(inOneLine(line));
  }

  /**
   * Makes the dump appear, and deletes others beyond the bounds.
   *
   * @param summary what happened, one line
   * @param seen whether it is one that somebody has asked for, and so need not be told of
   * @throws IOException if it cannot be moved to its name
   */
  public KeptDump keep(String summary, boolean seen) throws IOException {
    List<String> text = new ArrayList<>();
    text.add(inOneLine(summary));
    text.addAll(lines);
    try {
      Files.write(file(DumpFolder.EVENT), text);
      if (seen) {
        file(DumpFolder.ACKNOWLEDGED);
      }
    } catch (IOException diskIsFull) {
      // what there is is worth more than its description
    }
    String name = time;
    for (int another = 2; Files.exists(place.root().resolve(name)); another++) {
      name = time + "-" + another;
    }
    Files.move(folder, place.root().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    kept = true;
    place.prune(name);
    String appeared = name;
    return Optional.of(name)
        .flatMap(place::find)
        .orElseThrow(() -> new IOException(appeared + " was deleted at once"));
  }

  private Path file(String name) throws IOException {
    return Files.createFile(
        folder.resolve(name), PosixFilePermissions.asFileAttribute(Set.copyOf(DumpFolder.FILE)));
  }

  private static String inOneLine(String text) {
    String line = text.strip().replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  @Override
  public void close() {
    if (!kept) {
      DumpFolder.delete(folder);
    }
  }
}
