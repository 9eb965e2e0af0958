package slipway.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The one line of an exception that tells an operator what to do. */
final class Reason {

  private static final int BRIEF = 60;

  private Reason() {}

  /** The message of the deepest cause; for a bundle that does not resolve, what it misses. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    if (cause instanceof FileSystemException file) {
      return of(file);
    }
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getName();
    }
    String line = message.strip().lines().findFirst().orElse("").strip();
    int details = line.indexOf(" Unresolved requirements:");
    return details > 0 ? line.substring(0, details) : line;
  }

  /** A command line as a message names it: its beginning, in one line. */
  static String brief(String commandLine) {
    String line = commandLine.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    return line.length() <= BRIEF ? line : line.substring(0, BRIEF) + "…";
  }

  /** A file's name is all that the JDK says of some failures. */
  private static String of(FileSystemException failure) {
    String reason =
        failure.getReason() != null
            ? failure.getReason()
            : switch (failure) {
              case AccessDeniedException denied -> "permission denied";
              case NoSuchFileException none -> "there is no such file or folder";
              case FileAlreadyExistsException exists -> "it already exists";
              case NotDirectoryException no -> "it is not a folder";
              case DirectoryNotEmptyException full -> "the folder is not empty";
              default -> failure.getClass().getSimpleName();
            };
    return failure.getFile() == null ? reason : failure.getFile() + ": " + reason;
  }
}
