package slipway.services.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.services.metrics.scrape.Meters;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class MetricsServiceTest {

  private final MetricsService service = new MetricsService(new Meters());
  private final TestHost host = new TestHost("metrics", service);
  private final TestConnection client = host.connect();

  @AfterEach
  void close() {
    host.close();
    service.deactivate();
  }

  private String headers(String method, String path, String more) {
    client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n");
    return client.readUntil("\r\n\r\n");
  }

  private String body(String headers) {
    int length = Integer.parseInt(headers.replaceAll("(?s).*content-length: (\\d+)\r\n.*", "$1"));
    StringBuilder body = new StringBuilder();
    host.await(
        () -> {
          body.append(client.received());
          return body.length() >= length;
        });
    return body.toString();
  }

  @ParameterizedTest
  @CsvSource({
    // what Prometheus 2 asks for
    "'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1', application/openmetrics-text",
    "'text/plain;version=0.0.4',                      text/plain",
    "'*/*',                                           text/plain",
    "'text/html,*/*;q=0.8',                           text/plain",
    "'application/openmetrics-text;q=0,*/*',          text/plain",
    "'application/openmetrics-text;q=0.4,text/plain', text/plain",
  })
  void theClientChoosesTheFormat(String accept, String type) {
    String headers = headers("GET", "/metrics", "Accept: " + accept + "\r\n");
    assertThat(headers)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-type: " + type + ";")
        .contains("vary: Accept, Accept-Encoding\r\n");
    assertThat(body(headers)).contains("slipway_scrape_seconds_count 1\n");
  }

  @Test
  void theClientMayHaveItCompressed() throws IOException {
    String headers = headers("GET", "/metrics", "Accept-Encoding: br, gzip\r\n");
    assertThat(headers).contains("content-encoding: gzip\r\n");
    byte[] zipped = body(headers).getBytes(ISO_8859_1);
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      assertThat(new String(unzipped.readAllBytes(), UTF_8)).contains("slipway_scrape_seconds");
    }
  }

  @Test
  void aHeadHasTheLengthAlone() {
    assertThat(headers("HEAD", "/metrics", "")).containsPattern("content-length: [1-9]\\d+\r\n");
    assertThat(headers("HEAD", "/metrics", "")).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @ParameterizedTest
  @CsvSource({"/startupz, startup", "/readyz, readiness", "/livez, liveness"})
  void aHostWithoutChecksIsNotFit(String path, String probe) {
    String headers = headers("GET", path, "");
    assertThat(headers).startsWith("HTTP/1.1 503 Service Unavailable\r\n");
    assertThat(body(headers)).isEqualTo("failed: nothing checks the health of this host\n");
    assertThat(body(headers("GET", path + "?verbose", "")))
        .isEqualTo(
            "{\"probe\":\""
                + probe
                + "\",\"status\":\"failed\",\"reason\":\"nothing checks the health of this host\","
                + "\"checks\":[]}\n");
  }
}
