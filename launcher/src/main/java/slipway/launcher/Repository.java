package slipway.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.dump.kept.DumpDraft;

/**
 * The files of a recording that a dead process has left: Java's flight recorder writes them one
 * after the other, and one after the other they are a recording.
 *
 * @param home the folder of the process's host
 * @param pid its number
 * @param named where they are; empty if nothing says so
 */
record Repository(Home home, String pid, Optional<Path> named) {

  private static final String RECORDING = "recording.jfr";

  /** About what the default settings record in an hour. */
  private static final long MOST = 64L << 20;

  /** Where a file says whether all of it can be read. */
  private static final int STATE = 64;

  /** It was begun, and nothing else. */
  private static final byte UNREADABLE = (byte) 0xff;

  /** Moves the last ones into a dump, and deletes the others; does nothing if there are none. */
  void addTo(DumpDraft draft) throws InterruptedException {
    try {
      for (Path folder : folders()) {
        List<Path> files = readable(folder);
        if (files.isEmpty()
            || draft.write(
                RECORDING,
                "the last minutes of the recording, up to the last file that was begun",
                out -> join(files, out))) {
          delete(folder);
        }
      }
    } catch (IOException unreadable) {
      draft.missing(RECORDING, unreadable.toString());
    }
  }

  /** In var/jfr it is the host's own, else where Java puts it by itself. */
  private List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path place :
        List.of(home.var().resolve("jfr"), Path.of(System.getProperty("java.io.tmpdir")))) {
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(place, "*_" + pid + "*")) {
          for (Path folder : found) {
            boolean isOfProcess =
                folder.getFileName().toString().matches("\\d{4}(_\\d\\d){5}_" + pid + "(_\\d+)?");
            boolean isOurs =
                place.startsWith(home.var()) || named.filter(folder::equals).isPresent();
            if (isOfProcess && isOurs) {
              folders.add(folder);
            }
          }
        }
      }
    }
    return folders;
  }

  /** The last ones, the oldest first, up to as much as a dump has of them. */
  private static List<Path> readable(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jfr")) {
      found.forEach(files::add);
    }
    Collections.sort(files, Collections.reverseOrder());
    List<Path> last = new ArrayList<>();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
      if (bytes <= MOST && isReadable(file)) {
        last.addFirst(file);
      }
    }
    return last;
  }

  private static boolean isReadable(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer state = ByteBuffer.allocate(1);
      return channel.read(state, STATE) == 1 && state.get(0) != UNREADABLE;
    }
  }

  private static void join(List<Path> files, OutputStream out) throws IOException {
    for (Path file : files) {
      Files.copy(file, out);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException left) {
      // only room on the disk is lost
    }
  }
}
