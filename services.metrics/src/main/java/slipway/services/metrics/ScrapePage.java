package slipway.services.metrics;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import slipway.services.metrics.http.Page;
import slipway.services.metrics.http.Preferences;
import slipway.services.metrics.http.Reply;
import slipway.services.metrics.http.Request;
import slipway.services.metrics.scrape.Busy;
import slipway.services.metrics.scrape.Format;
import slipway.services.metrics.scrape.Scraper;

/** All figures, in the format and the encoding that the client prefers. */
final class ScrapePage implements Page {

  private final Scraper scraper;

  ScrapePage(Scraper scraper) {
    this.scraper = scraper;
  }

  @Override
  public CompletionStage<Reply> get(Request request) {
    Format format = format(request.accept());
    boolean zips = request.encodings().weight("gzip", "x-gzip", "*").orElse(0) > 0;
    return scraper
        .scrape(format, zips, request.allocator())
        .thenApply(text -> new Reply(OK, headers(format, zips), text))
        .exceptionally(ScrapePage::refused);
  }

  /** A client that does not ask for OpenMetrics, such as a person's browser, gets text. */
  private static Format format(Preferences accept) {
    double openMetrics = accept.weight("application/openmetrics-text").orElse(0);
    double text = accept.weight("text/plain", "text/*").orElse(0);
    return openMetrics > 0 && openMetrics >= text ? Format.OPEN_METRICS : Format.TEXT;
  }

  private static Map<String, String> headers(Format format, boolean zips) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", format.contentType());
    headers.put("vary", "Accept, Accept-Encoding");
    if (zips) {
      headers.put("content-encoding", "gzip");
    }
    return headers;
  }

  private static Reply refused(Throwable failed) {
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    if (cause instanceof Busy) {
      return Reply.text(SERVICE_UNAVAILABLE, cause.getMessage() + "\n");
    }
    throw new CompletionException(cause);
  }
}
