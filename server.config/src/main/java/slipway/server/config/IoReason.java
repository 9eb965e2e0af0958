package slipway.server.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What an operator can make of a failure of the disk: Java's message is often only a path. */
final class IoReason {

  private IoReason() {}

  /** The reason, as the end of a sentence: {@code conf/x.cfg cannot be written: …}. */
  static String of(IOException failure) {
    if (failure instanceof FileSystemException detailed) {
      return detailed.getReason() != null ? detailed.getReason() : ofKind(detailed);
    }
    return failure.getMessage() == null
        ? failure.getClass().getSimpleName()
        : failure.getMessage().replaceAll("\\p{Cntrl}+", " ");
  }

  private static String ofKind(FileSystemException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException gone -> "no such file or folder";
      case FileAlreadyExistsException exists -> "it already exists";
      case DirectoryNotEmptyException full -> "it is a folder that is not empty";
      case NotDirectoryException file -> "it is not a folder";
      case FileSystemLoopException loop -> "its symbolic links form a loop";
      default -> failure.getClass().getSimpleName().replace("Exception", "");
    };
  }
}
