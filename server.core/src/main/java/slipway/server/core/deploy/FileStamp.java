package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file is like from outside, links followed. Two contents of one size and one time differ in
 * their inode or in the time of their last change, which nobody can set.
 *
 * @param values what the file system says of it; empty if it says nothing
 */
record FileStamp(List<Object> values) {

  /** Of a file of which the system says nothing. */
  static final FileStamp UNKNOWN = new FileStamp(List.of());

  private static final String UNIX = "unix:size,lastModifiedTime,ctime,ino,dev,isRegularFile";

  /**
   * Looks at a file.
   *
   * @return empty if there is none, or none that is regular; what a link that leads nowhere is like
   *     itself
   */
  static Optional<FileStamp> of(Path file) {
    try {
      if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return basic(file);
      }
      Map<String, Object> all = Files.readAttributes(file, UNIX);
      return Boolean.TRUE.equals(all.get("isRegularFile"))
          ? Optional.of(
              new FileStamp(
                  List.of(
                      all.get("size"),
                      all.get("lastModifiedTime"),
                      all.get("ctime"),
                      all.get("ino"),
                      all.get("dev"))))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return dangling(file);
    } catch (IOException unreadable) {
      return Optional.of(UNKNOWN); // who reads it will learn why
    }
  }

  private static Optional<FileStamp> dangling(Path file) {
    try {
      BasicFileAttributes link =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return link.isSymbolicLink()
          ? Optional.of(
              new FileStamp(
                  List.of(Files.readSymbolicLink(file).toString(), link.lastModifiedTime())))
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Optional<FileStamp> basic(Path file) throws IOException {
    BasicFileAttributes all = Files.readAttributes(file, BasicFileAttributes.class);
    Object key = all.fileKey() == null ? "" : all.fileKey();
    return all.isRegularFile()
        ? Optional.of(new FileStamp(List.of(all.size(), all.lastModifiedTime(), key)))
        : Optional.empty();
  }
}
