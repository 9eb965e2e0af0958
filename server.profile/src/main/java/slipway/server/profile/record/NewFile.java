package slipway.server.profile.record;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import slipway.command.CommandException;

/**
 * Makes the files that commands fill: only the host's user can read them, they replace no other
 * file, and what could not be written is not left.
 */
final class NewFile {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final FileAttribute<?> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final InstantSource clock;

  /** Fills a file. */
  interface Filling {

    /** The file is there, and empty. */
    void fill(Path file) throws IOException, CommandException, InterruptedException;
  }

  /**
   * Makes it.
   *
   * @param folder of the files that are not named; need not be there
   */
  NewFile(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Makes a file and fills it.
   *
   * @param verb what is asked for, as messages begin
   * @param current what relative paths count from
   * @param name as it was given; null for one in the folder
   * @param begin of the file's name in the folder
   * @param end of it
   * @return the file
   */
  Path fill(String verb, Path current, String name, String begin, String end, Filling filling)
      throws CommandException, InterruptedException {
    Path file = path(verb, current, name, begin, end);
    boolean isMade = false;
    boolean isFilled = false;
    try {
      if (name == null) {
        Files.createDirectories(folder, FOLDER_MODE);
      }
      Files.createFile(file, FILE_MODE);
      isMade = true;
      filling.fill(file);
      isFilled = true;
      return file;
    } catch (FileAlreadyExistsException there) {
      throw new CommandException(verb + ": " + file + " is there already; name a new file", there);
    } catch (IOException failed) {
      throw new CommandException(
          verb + ": " + file + " cannot be written: " + reason(failed), failed);
    } finally {
      if (isMade && !isFilled) {
        delete(file);
      }
    }
  }

  private static String reason(IOException failed) {
    return switch (failed) {
      case NoSuchFileException none -> "its folder is not there";
      case AccessDeniedException denied -> "access is denied";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> failed.getMessage();
    };
  }

  private Path path(String verb, Path current, String name, String begin, String end)
      throws CommandException {
    try {
      return name == null
          ? folder.resolve(begin + "-" + TIME.format(clock.instant()) + end)
          : current.resolve(name);
    } catch (InvalidPathException wrong) {
      throw new CommandException(verb + ": FILE = " + name + ": " + wrong.getReason(), wrong);
    }
  }

  private static void delete(Path file) throws CommandException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      throw new CommandException(file + " is not complete, and cannot be deleted: " + stays, stays);
    }
  }
}
