package slipway.services.metrics.scrape;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;

/** How figures are written. */
public enum Format {
  /** OpenMetrics 1.0. */
  OPEN_METRICS(
      OpenMetricsTextFormatWriter.CONTENT_TYPE,
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build()),
  /** Text 0.0.4 of Prometheus. */
  TEXT(
      PrometheusTextFormatWriter.CONTENT_TYPE,
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build());

  private final String contentType;
  private final ExpositionFormatWriter writer;

  Format(String contentType, ExpositionFormatWriter writer) {
    this.contentType = contentType;
    this.writer = writer;
  }

  /** What an HTTP answer says that it is. */
  public String contentType() {
    return contentType;
  }

  ExpositionFormatWriter writer() {
    return writer;
  }
}
