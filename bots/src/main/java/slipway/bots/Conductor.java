package slipway.bots;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import slipway.bots.link.Target;
import slipway.bots.report.JsonReport;
import slipway.bots.report.Report;
import slipway.bots.report.Run;
import slipway.bots.report.TextReport;

/** Lets a run take its course, to its end or to Ctrl-C, and prints what it has shown. */
final class Conductor {

  private static final int FAILED = 1;

  private final PrintStream out;
  private final PrintStream err;
  private final Target target;
  private final int seconds;
  private final boolean json;

  /** A person sees a line each second; the script says whether there is one. */
  private final boolean person = Boolean.getBoolean("slipway.person");

  Conductor(PrintStream out, PrintStream err, Target target, int seconds, boolean json) {
    this.out = out;
    this.err = err;
    this.target = target;
    this.seconds = seconds;
    this.json = json;
  }

  /** Gives the exit code. */
  int conduct(Run run) throws IOException {
    try (Interrupt interrupt = Interrupt.expect()) {
      run.start();
      CompletableFuture<?> interrupted = interrupt.happened();
      await(run, CompletableFuture.anyOf(interrupted, run.entered()), Long.MAX_VALUE);
      if (!run.entered().getNow(true)) {
        throw new IOException("no client got in at " + target + ": " + reason(run.failure()));
      }
      await(run, interrupted, SECONDS.toNanos(seconds));
      Report report = run.finish();
      out.print(json ? JsonReport.of(report) : TextReport.of(report));
      out.flush();
      return interrupt.ends(report.passed() ? 0 : FAILED);
    }
  }

  /** Without the name of the system call, with which epoll begins. */
  private static String reason(Throwable refused) {
    return String.valueOf(refused.getMessage())
        .replaceFirst("^.* failed with error\\(-\\d+\\): ", "");
  }

  /** Waits for an end, with a line each second. */
  private void await(Run run, CompletableFuture<?> end, long atMostNanos) {
    long began = System.nanoTime();
    long rest = atMostNanos;
    while (rest > 0) {
      try {
        end.get(Math.min(rest, SECONDS.toNanos(1)), NANOSECONDS);
        return;
      } catch (TimeoutException notYet) {
        rest = atMostNanos - (System.nanoTime() - began);
        if (person) {
          err.println(run.progress());
        }
      } catch (InterruptedException | ExecutionException ended) {
        return;
      }
    }
  }
}
