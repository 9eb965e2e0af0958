package slipway.itest.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A session as a document shows it: a command behind {@code "$ "}, its further lines behind {@code
 * "> "}, and what it prints. A line {@code ...} in its output stands for any lines.
 */
record Transcript(String place, List<Step> steps) {

  private static final long PATIENCE_SECONDS = 60;

  /** Commands that only look, and see a little later what the host does by itself. */
  private static final Pattern LOOKS =
      Pattern.compile(
          "(bin/slipway (libctl ps|acserv ps|statistics|worlds map)|cat conf/|cat heard|ls ).*");

  /** What differs each time, and what stands for it; in this order. */
  private static final List<Varying> VARYING =
      List.of(
          new Varying("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+Z?)?", "TIME"),
          new Varying("\\d\\d\\.\\d\\d\\.\\d\\d/\\d\\d:\\d\\d:\\d\\d", "TIME"),
          new Varying("after \\d+\\.\\d+ s", "after SECONDS s"),
          new Varying("pid \\d+", "pid PID"),
          new Varying("up \\d+s", "up TIME"),
          new Varying("(io_uring|epoll|nio)/(tcp|unix)", "TRANSPORT"),
          new Varying("^\\d{1,10}$", "NUMBER"),
          new Varying("\\b[0-9a-f]{12}\\b", "DIGEST"),
          new Varying("(?<![\\d.])\\d+\\.\\d+\\.\\d+(?![\\d.])", "VERSION"),
          // a bundle's number, in tables and in JSON
          new Varying("VERSION +\\d+ +(?=[A-Z])", "VERSION BUNDLE "),
          new Varying("bundle\":\\d+", "bundle\":BUNDLE"),
          new Varying("bundle \\d+", "bundle BUNDLE"),
          // a connection's number, its client's port
          new Varying("^ *\\d+ +(\\w+) +(\\S+) +(\\d+|-) +TIME", "ID $1 $2 PORT TIME"),
          // an operator's request says in which folder it was made
          new Varying("^(ID admin unix PORT TIME +admin +VERSION +)\\d+", "$1IN"),
          // a record's index, and how much of the log there is
          new Varying("^TIME +\\d+ +(?=[A-Z]+ )", "TIME INDEX "),
          new Varying("\\d+ files? of \\d+ bytes", "SIZE"),
          new Varying("files \\d+, bytes \\d+", "SIZE"),
          new Varying(" +", " "));

  record Step(String command, List<String> output) {}

  private record Varying(Pattern pattern, String replacement) {
    Varying(String regex, String replacement) {
      this(Pattern.compile(regex), replacement);
    }
  }

  static Transcript of(Document.Code code) {
    List<Step> steps = new ArrayList<>();
    for (String line : code.text()) {
      int last = steps.size() - 1;
      if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else if (last < 0) {
        throw new IllegalArgumentException(code.place() + ": begins without a command");
      } else if (line.startsWith("> ") && steps.get(last).output().isEmpty()) {
        Step begun = steps.remove(last);
        steps.add(new Step(begun.command() + "\n" + line.substring(2), begun.output()));
      } else {
        steps.get(last).output().add(line);
      }
    }
    return new Transcript(code.place(), steps);
  }

  /**
   * Does what it shows.
   *
   * @throws AssertionError if something else happens
   */
  void replay(Playground playground) throws IOException, InterruptedException {
    for (Step step : steps) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      String printed = playground.execute(step.command());
      while (!isAsShown(step, printed)) {
        if (!LOOKS.matcher(step.command()).matches() || System.nanoTime() > end) {
          throw new AssertionError(
              "%s: $ %s%nshown:%n%s%nprinted:%n%s%nend of the log:%n%s"
                  .formatted(
                      place,
                      step.command(),
                      String.join("\n", step.output()),
                      printed,
                      playground.endOfLog()));
        }
        printed = playground.execute(step.command());
      }
    }
  }

  private static boolean isAsShown(Step step, String printed) {
    StringBuilder shown = new StringBuilder();
    for (String line : step.output()) {
      shown.append(line.equals("...") ? "(?:.*\n)*?" : Pattern.quote(normal(line)) + "\n");
    }
    StringBuilder lines = new StringBuilder();
    printed.lines().forEach(line -> lines.append(normal(line)).append('\n'));
    return Pattern.matches(shown.toString(), lines);
  }

  private static String normal(String line) {
    String text = line;
    for (Varying varying : VARYING) {
      text = varying.pattern().matcher(text).replaceAll(varying.replacement());
    }
    return text.strip();
  }
}
