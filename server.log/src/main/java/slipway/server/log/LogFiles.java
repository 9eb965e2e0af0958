package slipway.server.log;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.status.ErrorStatus;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import slipway.admin.LogAdmin.Extent;
import slipway.admin.LogRecord;

/**
 * The file that is written, {@code NAME.log}, and those that were rolled, {@code
 * NAME.DATE.NUMBER.log}. Logback rolls and deletes them. Only their user may read them.
 *
 * <p>For the log's thread, except the limits.
 */
final class LogFiles {

  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String SUFFIX = ".log";

  private final Context context;
  private final Path file;
  private final Limits limits;
  private final Pattern rolledName;
  private RollingFileAppender<LogRecord> appender;

  /**
   * When files are rolled, and how many are kept.
   *
   * @param file the length at which a file is rolled, in bytes
   * @param days how many days are kept
   * @param total the bytes of all rolled files above which the oldest are deleted
   */
  record Limits(long file, int days, long total) {}

  LogFiles(Context context, Path file, Limits limits) {
    this.context = context;
    this.file = file;
    this.limits = limits;
    this.rolledName =
        Pattern.compile(Pattern.quote(stem()) + "\\.(\\d{4}-\\d\\d-\\d\\d)\\.(\\d{1,9})\\.log");
  }

  private String stem() {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** Opens the file, which is made if it is not there; what it holds stays. */
  void open() throws IOException {
    Files.createDirectories(file.getParent(), OWNER_FOLDER);
    makePrivate();
    RollingFileAppender<LogRecord> opened =
        new RollingFileAppender<>() {
          @Override
          public void rollover() {
            super.rollover();
            restrict();
          }
        };
    opened.setContext(context);
    opened.setName("file of " + stem());
    opened.setFile(file.toString());
    opened.setEncoder(new LineEncoder());

    SizeAndTimeBasedRollingPolicy<LogRecord> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(context);
    rolling.setParent(opened);
    rolling.setFileNamePattern(
        fromHere(file).resolveSibling(stem() + ".%d{yyyy-MM-dd}.%i" + SUFFIX).toString());
    rolling.setMaxFileSize(new FileSize(limits.file()));
    rolling.setMaxHistory(limits.days());
    rolling.setTotalSizeCap(new FileSize(limits.total()));
    rolling.setCleanHistoryOnStart(true);
    rolling.start();
    opened.setRollingPolicy(rolling);
    opened.start();
    if (!opened.isStarted()) {
      throw new IOException(file + " cannot be written to");
    }
    appender = opened;
  }

  /** A folder's name may have a meaning in a pattern; this keeps the host's own out of it. */
  private static Path fromHere(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }

  /** Before anything is in it: what others could have opened meanwhile is empty. */
  private void makePrivate() throws IOException {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
    } catch (FileAlreadyExistsException existing) {
      Files.setPosixFilePermissions(file, OWNER_FILE);
    }
  }

  /** The file that follows a rolled one is made by Logback, as the process's umask says. */
  private void restrict() {
    try {
      Files.setPosixFilePermissions(file, OWNER_FILE);
    } catch (IOException failed) {
      context
          .getStatusManager()
          .add(new ErrorStatus(file + " cannot be restricted to its user", this, failed));
    }
  }

  /** Writes a record, to the disk's cache at least; may roll the file before. */
  void write(LogRecord record) {
    appender.doAppend(record);
    try {
      if (Files.notExists(file)) { // it was deleted: what is written would be lost
        reopen();
        appender.doAppend(record);
      }
    } catch (IOException failed) {
      context
          .getStatusManager()
          .add(new ErrorStatus("the log cannot be opened again", this, failed));
    }
  }

  private void reopen() throws IOException {
    close();
    open();
  }

  void close() {
    if (appender != null) {
      appender.stop();
    }
  }

  /** All files, the newest first. */
  List<Path> all() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.exists(file)) {
      files.add(file);
    }
    try (Stream<Path> siblings = Files.list(file.getParent())) {
      siblings
          .filter(sibling -> rolledName.matcher(sibling.getFileName().toString()).matches())
          .sorted(Comparator.comparing(this::date).thenComparing(this::number).reversed())
          .forEach(files::add);
    }
    return files;
  }

  private String date(Path rolled) {
    return part(rolled, 1);
  }

  private int number(Path rolled) {
    return Integer.parseInt(part(rolled, 2));
  }

  private String part(Path rolled, int group) {
    Matcher name = rolledName.matcher(rolled.getFileName().toString());
    return name.matches() ? name.group(group) : "0";
  }

  /** How many there are, and their lengths. */
  Extent extent() throws IOException {
    long bytes = 0;
    int files = 0;
    for (Path each : all()) {
      bytes += length(each);
      files++;
    }
    return new Extent(files, bytes);
  }

  private static long length(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  /**
   * Deletes all files and begins a new one.
   *
   * @return what there was
   * @throws IOException if one cannot be deleted; the others are
   */
  Extent clear() throws IOException {
    Extent before = extent();
    List<String> left = new ArrayList<>();
    close();
    try {
      for (Path each : all()) {
        try {
          Files.deleteIfExists(each);
        } catch (IOException failed) {
          left.add(failed.toString());
        }
      }
    } finally {
      open();
    }
    if (!left.isEmpty()) {
      throw new IOException("not deleted: " + String.join("; ", left));
    }
    return before;
  }

  /** A record as a line. */
  private static final class LineEncoder extends EncoderBase<LogRecord> {
    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
      return NOTHING;
    }

    @Override
    public byte[] encode(LogRecord record) {
      return (LineFormat.line(record, ZoneId.systemDefault()) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
      return NOTHING;
    }
  }
}
