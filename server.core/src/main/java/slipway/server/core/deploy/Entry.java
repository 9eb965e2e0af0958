package slipway.server.core.deploy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.admin.DeployAdmin.Deployment;

/**
 * One deploy on record.
 *
 * @param service the service
 * @param when when it was deployed; no two entries of a service have the same time
 * @param version the version of the bundle
 * @param by {@code file}, {@code install} or {@code rollback}
 * @param digest SHA-256 of the content, in hexadecimal digits
 * @param outcome what became of it
 * @param reason why it has failed; empty otherwise
 * @param source the file or URL that it came from
 * @param file the name of the file in {@code services/} that it is; empty if that is not known
 */
record Entry(
    String service,
    Instant when,
    String version,
    String by,
    String digest,
    Outcome outcome,
    String reason,
    String source,
    String file) {

  private static final int FIELDS = 6; // those of older hosts, which have no file

  private static final String DIGEST = "[0-9a-f]{64}";

  boolean hasFailed() {
    return outcome == Outcome.FAILED;
  }

  Entry with(Outcome other, String why) {
    return new Entry(service, when, version, by, digest, other, why, source, file);
  }

  Entry in(String otherFile) {
    return new Entry(service, when, version, by, digest, outcome, reason, source, otherFile);
  }

  /** As operators see it. */
  Deployment shown() {
    return new Deployment(service, version, when, by, source, digest, ended());
  }

  private String ended() {
    return hasFailed() ? outcome.word() + ": " + reason : outcome.word();
  }

  /** A line of the record, its fields divided by tabs. */
  String line() {
    return Stream.of(when.toString(), version, by, digest, ended(), source, file)
        .map(field -> field.replaceAll("\\p{Cntrl}", " "))
        .collect(Collectors.joining("\t"));
  }

  /** Reads a line; empty if it is none, as after a fault of the disk or an editor. */
  static Optional<Entry> parse(String service, String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length < FIELDS || !fields[3].matches(DIGEST)) {
      return Optional.empty();
    }
    String[] ended = fields[4].split(": ", 2);
    try {
      Instant when = Instant.parse(fields[0]);
      return Outcome.of(ended[0])
          .map(
              outcome ->
                  new Entry(
                      service,
                      when,
                      fields[1],
                      fields[2],
                      fields[3],
                      outcome,
                      ended.length > 1 ? ended[1] : "",
                      fields[5],
                      fields.length > FIELDS ? fields[FIELDS] : file(fields[2], fields[5])));
    } catch (DateTimeException damaged) {
      return Optional.empty();
    }
  }

  /** What an older host has left out: what it deployed from a file came from that file. */
  private static String file(String by, String source) {
    String name = source.substring(source.lastIndexOf('/') + 1);
    return by.equals("file") || name.endsWith(".jar") ? name : "";
  }
}
