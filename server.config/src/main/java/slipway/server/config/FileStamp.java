package slipway.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What tells that a file is another than before, without reading it: not only its size and time,
 * which can be set, but also its number on the disk and when it was last changed in any way, which
 * cannot. Symbolic links are followed.
 *
 * @param identity the file's number and its disk
 * @param size in bytes
 * @param modified when its content was changed, or is said to have been
 * @param changed when it was changed in any way; if the disk does not say so, the same
 */
record FileStamp(Object identity, long size, FileTime modified, FileTime changed) {

  /** Within this time a second change may leave the same stamp: disks count in steps. */
  private static final Duration STEP = Duration.ofSeconds(3);

  /** Of a file that cannot be looked at; it is fresh at all times. */
  static final FileStamp UNKNOWN =
      new FileStamp("", -1, FileTime.fromMillis(0), FileTime.from(Instant.MAX));

  private static final String UNIX = "unix:ino,dev,size,lastModifiedTime,ctime";

  /**
   * Looks at a file.
   *
   * @throws IOException if it is gone or cannot be looked at
   */
  static FileStamp of(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> unix = Files.readAttributes(file, UNIX);
      return new FileStamp(
          unix.get("dev") + ":" + unix.get("ino"),
          (Long) unix.get("size"),
          (FileTime) unix.get("lastModifiedTime"),
          (FileTime) unix.get("ctime"));
    }
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(
        String.valueOf(basic.fileKey()),
        basic.size(),
        basic.lastModifiedTime(),
        basic.lastModifiedTime());
  }

  /** Whether the file may change again and keep this stamp. */
  boolean isFresh(Instant now) {
    return changed.toInstant().isAfter(now.minus(STEP));
  }
}
