package slipway.services.metrics.health;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import slipway.health.Health;
import slipway.health.HealthReport;
import slipway.health.Probe;
import slipway.services.metrics.http.Page;
import slipway.services.metrics.http.Reply;
import slipway.services.metrics.http.Request;

/**
 * Answers probes: 200 if the host is fit, 503 with the reasons if it is not. In a thread of its
 * own, so that a slow scrape does not make a host look dead.
 */
public final class HealthPages implements AutoCloseable {

  private static final int MOST_WAITING = 16;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("slipway-metrics-health").factory());
  private final Supplier<Optional<Health>> health;

  /**
   * Answers by what makes the checks.
   *
   * @param health asked for each probe; empty while nothing makes them
   */
  public HealthPages(Supplier<Optional<Health>> health) {
    this.health = health;
    thread.allowCoreThreadTimeOut(true);
  }

  /** The page of a probe. */
  public Page of(Probe probe) {
    return request -> answer(probe, request);
  }

  private CompletionStage<Reply> answer(Probe probe, Request request) {
    boolean verbose = request.has("verbose");
    try {
      return CompletableFuture.supplyAsync(() -> answer(probe, verbose), thread);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.completedFuture(
          unknown(probe, verbose, MOST_WAITING + " others wait for the same"));
    }
  }

  private Reply answer(Probe probe, boolean verbose) {
    Optional<Health> checks = health.get();
    if (checks.isEmpty()) {
      return unknown(probe, verbose, "nothing checks the health of this host");
    }
    HealthReport report;
    try {
      report = checks.get().report(probe);
    } catch (RuntimeException failed) {
      return unknown(probe, verbose, "it could not be checked: " + failed);
    }
    HttpResponseStatus status = report.succeeds() ? OK : SERVICE_UNAVAILABLE;
    return verbose
        ? json(status, ReportText.json(report))
        : Reply.text(status, ReportText.of(report));
  }

  private static Reply unknown(Probe probe, boolean verbose, String why) {
    return verbose
        ? json(SERVICE_UNAVAILABLE, ReportText.json(probe, why))
        : Reply.text(SERVICE_UNAVAILABLE, "failed: " + why + "\n");
  }

  private static Reply json(HttpResponseStatus status, String text) {
    return Reply.of(status, "application/json", text);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
