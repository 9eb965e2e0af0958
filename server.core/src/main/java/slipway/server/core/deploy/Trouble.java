package slipway.server.core.deploy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Failures of files in words that tell an operator what to mend. */
final class Trouble {

  /** What the system says when it lacks something that others may give back. */
  private static final Pattern SHORTAGE =
      Pattern.compile(
          "too many open files|no space left|cannot allocate memory|quota exceeded"
              + "|temporarily unavailable",
          Pattern.CASE_INSENSITIVE);

  /** How older classes of Java put the system's words behind the path. */
  private static final Pattern IN_BRACKETS = Pattern.compile(".*\\(([^()]+)\\)");

  private Trouble() {}

  /** Why it failed, without a path and without the name of an exception where that is possible. */
  static String of(Throwable failed) {
    return switch (told(failed)) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemLoopException loop -> "its links lead in a circle";
      case NotDirectoryException file -> "it is not a folder";
      case FileSystemException other when other.getReason() != null -> lower(other.getReason());
      case FileNotFoundException other -> bracketed(other.getMessage());
      case EOFException ended -> "it ends too early";
      case Throwable other when other.getMessage() == null || other.getMessage().isBlank() ->
          other.getClass().getSimpleName();
      case Throwable other -> other.getMessage().strip().lines().findFirst().orElse("");
    };
  }

  /** Whether it is for a lack of something that may be there again without anybody's doing. */
  static boolean isShortage(Throwable failed) {
    return Stream.iterate(failed, some -> some != null, Throwable::getCause)
        .anyMatch(some -> some.getMessage() != null && isShortage(some.getMessage()));
  }

  /** Whether a reason speaks of such a lack. */
  static boolean isShortage(String reason) {
    return SHORTAGE.matcher(reason).find();
  }

  /** A file's failure tells more than what was made of it, unless that was made for operators. */
  private static Throwable told(Throwable failed) {
    return Stream.iterate(failed, some -> some != null, Throwable::getCause)
        .filter(some -> some instanceof IOException || some instanceof NotDeployed)
        .findFirst()
        .orElse(failed);
  }

  private static String bracketed(String message) {
    Matcher matcher = IN_BRACKETS.matcher(message == null ? "" : message);
    return matcher.matches() ? lower(matcher.group(1)) : "there is no such file";
  }

  private static String lower(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** What failed, without what a stage has put around it. */
  static Throwable cause(Throwable failed) {
    return failed instanceof CompletionException ? failed.getCause() : failed;
  }
}
