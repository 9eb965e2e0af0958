package slipway.server.profile;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import slipway.server.profile.Switch.Report;
import slipway.text.Unknown;
import slipway.text.VisibleText;

/** What was measured of sections, as a file for people: a line for each section and thread. */
final class SectionFile {

  private static final String HEAD =
      "Thread | Service | Version | Section | Average | Least | Second least | Second greatest |"
          + " Greatest | Calls\n";

  private SectionFile() {}

  /**
   * Writes a new file, which only its owner can read.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there; it stays as it is
   */
  static void write(Path file, Report report, List<Measured> lines) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                Channels.newOutputStream(
                    Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")))),
                StandardCharsets.UTF_8))) {
      out.write(
          "from " + report.since() + " to " + (report.until() == null ? "now" : report.until()));
      out.write("\n\n" + HEAD);
      for (Measured line : lines) {
        out.write(text(line));
      }
    }
  }

  private static String text(Measured line) {
    Figures figures = line.figures();
    return String.join(
            " | ",
            shown(line.thread()),
            shown(line.owner().service()),
            line.owner().version(),
            shown(line.section()),
            ProfileVerbs.micros(figures.average()),
            ProfileVerbs.micros(figures.least()),
            figures.calls() < 2 ? "-" : ProfileVerbs.micros(figures.secondLeast()),
            figures.calls() < 2 ? "-" : ProfileVerbs.micros(figures.secondGreatest()),
            ProfileVerbs.micros(figures.greatest()),
            Long.toString(figures.calls()))
        + "\n";
  }

  private static String shown(String name) {
    return VisibleText.of(name, Unknown.REPLACED);
  }
}
