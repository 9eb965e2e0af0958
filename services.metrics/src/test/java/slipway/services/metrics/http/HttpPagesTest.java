package slipway.services.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.service.GoingAway;
import slipway.testkit.HandOffs;
import slipway.testkit.OwnClasses;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class HttpPagesTest {

  private static final String GET = "GET /page?a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String ANSWER =
      """
      HTTP/1.1 200 OK\r
      content-length: 7\r
      cache-control: no-store\r
      content-type: text/plain; charset=utf-8\r
      \r
      page a
      """;

  private final TestPages pages = new TestPages();
  private final TestHost host = new TestHost("metrics", pages);
  private final TestConnection client = host.connect();

  @AfterEach
  void close() {
    host.close();
  }

  /** The date changes while a test runs. */
  private static String undated(String answers) {
    return answers.replaceAll("date: [^\r]*\r\n", "");
  }

  private String heard() {
    return undated(client.received());
  }

  @Test
  void aPageIsAnsweredWithADate() {
    assertThat(client.send(GET).received()).containsPattern("\r\ndate: \\w{3}, .* GMT\r\n");
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void requestsMayComeInAnyPieces() {
    for (int at = 1; at < GET.length(); at++) {
      client.send(GET.substring(0, at));
      assertThat(client.received()).isEmpty();
      client.send(GET.substring(at));
      assertThat(heard()).isEqualTo(ANSWER);
    }
    for (char one : GET.toCharArray()) {
      client.send(String.valueOf(one));
    }
    assertThat(heard()).isEqualTo(ANSWER);
  }

  @Test
  void connectionsAreHandedOverAtEveryByte() throws Exception {
    String heard =
        new HandOffs(
                () -> List.of(OwnClasses.make(TestPages.class), OwnClasses.make(TestPages.class)))
            .saying(GET)
            .saying("HEAD /page?a HTTP/1.1\r\nHost: x\r\n\r\n" + GET)
            .saying("GET /page?a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .hearing(HttpPagesTest::undated)
            .atEveryByte();
    String headers = ANSWER.substring(0, ANSWER.indexOf("page a"));
    assertThat(heard)
        .startsWith(ANSWER + headers + ANSWER + "HTTP/1.1 200 OK\r\n")
        .endsWith("connection: close\r\n\r\npage a\n");
  }

  @Test
  void aRefusedConnectionIsHandedOver() throws Exception {
    assertThat(
            new HandOffs(
                    () ->
                        List.of(OwnClasses.make(TestPages.class), OwnClasses.make(TestPages.class)))
                .saying("nonsense\r\n\r\n")
                .hearing(HttpPagesTest::undated)
                .atEveryByte())
        .startsWith("HTTP/1.1 400 Bad Request\r\n");
  }

  @Test
  void requestsBehindOneThatIsAnsweredWaitUndecoded() {
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n" + GET.repeat(100));
    assertThat(pages.asked()).isEqualTo(1);
    assertThat(client.isRead()).isFalse();
    assertThat(client.received()).isEmpty();
    pages.completes("now\n");
    assertThat(heard()).endsWith("\r\n\r\nnow\n" + ANSWER.repeat(100));
    assertThat(pages.asked()).isEqualTo(101);
    assertThat(client.isRead()).isTrue();
  }

  @Test
  void aClientThatHasEndedItsOutputGetsItsAnswer() {
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    client.endOutput();
    assertThat(client.isOpen()).isTrue();
    pages.completes("now\n");
    assertThat(client.awaitClosed()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("now\n");
  }

  @Test
  void anAnswerForAClientThatHasGoneIsDropped() {
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    client.close();
    pages.completes("now\n");
    host.run();
    assertThat(client.received()).isEmpty();
  }

  @Test
  void aPageThatFailsSaysSoAndNotWhy() {
    client.send("GET /fails HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(client.received())
        .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
        .doesNotContain("on purpose");
    assertThat(client.isOpen()).isTrue();
  }

  // ---- the two versions ------------------------------------------------------------------------

  @Test
  void olderClientsAreClosedUnlessTheyAskForMore() {
    client.send("GET /page?a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assertThat(client.received()).contains("\r\nconnection: keep-alive\r\n");
    client.send("GET /page?a HTTP/1.0\r\n\r\n");
    assertThat(client.awaitClosed()).contains("\r\nconnection: close\r\n").endsWith("page a\n");
  }

  @Test
  void clientsThatAskForTheEndAreClosed() {
    client.send("GET /page?a HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n" + GET);
    assertThat(client.awaitClosed()).endsWith("connection: close\r\n\r\npage a\n");
  }

  @Test
  void aTargetForAProxyIsUnderstood() {
    client.send("GET http://host:2080/page?a HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(heard()).isEqualTo(ANSWER);
  }

  // ---- what is refused -------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "'POST /page HTTP/1.1|Host: x|Content-Length: 0', 405 Method Not Allowed",
    "'DELETE /page HTTP/1.1|Host: x',                 405 Method Not Allowed",
    "'GET /other HTTP/1.1|Host: x',                   404 Not Found",
    "'GET /page/ HTTP/1.1|Host: x',                   404 Not Found",
    "'GET * HTTP/1.1|Host: x',                        404 Not Found",
  })
  void whatIsNotThereLeavesTheConnectionOpen(String request, String status) {
    client.send(request.replace("|", "\r\n") + "\r\n\r\n" + GET);
    assertThat(heard()).startsWith("HTTP/1.1 " + status + "\r\n").endsWith("\n" + ANSWER);
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhichAre() {
    client.send("PUT /page HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(client.received()).contains("\r\nallow: GET, HEAD\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /page HTTP/1.1|Host: x|Content-Length: 5',          400 Bad Request",
    "'GET /page HTTP/1.1|Host: x|Content-Length: x',          400 Bad Request",
    "'GET /page HTTP/1.1|Host: x|Content-Length: 0|Content-Length: 5', 400 Bad Request",
    "'GET /page HTTP/1.1|Host: x|Transfer-Encoding: chunked', 400 Bad Request",
    "'GET /page HTTP/1.1|Host: x|Host: y',                    400 Bad Request",
    "'GET /page HTTP/1.1',                                    400 Bad Request",
    "'GET /page',                                             400 Bad Request",
    "'GET /page HTTP/1.1|Host: x|no colon',                   400 Bad Request",
    "'GET /page HTTP/1.1|Host : x',                           400 Bad Request",
    "'hello',                                                 400 Bad Request",
    "'GET /page HTTP/2.0|Host: x',                            505 HTTP Version Not Supported",
    "'PRI * HTTP/2.0',                                        505 HTTP Version Not Supported",
  })
  void whatCannotBeUnderstoodEndsTheConnection(String request, String status) {
    client.send(request.replace("|", "\r\n") + "\r\n\r\n" + GET);
    assertThat(client.received())
        .startsWith("HTTP/1.1 " + status + "\r\n")
        .contains("\r\nconnection: close\r\n")
        .doesNotContain("page a");
    assertThat(client.isRead()).isTrue();
    host.pass(Duration.ofSeconds(1));
    assertThat(client.awaitClosed()).isEmpty();
    assertThat(pages.asked()).isZero();
  }

  @Test
  void aLineThatIsTooLongIsRefused() {
    client.send("GET /" + "a".repeat(3000));
    assertThat(client.received()).startsWith("HTTP/1.1 414 ").endsWith("at most 2048 bytes\n");
  }

  @Test
  void headersThatAreTooLongAreRefused() {
    client.send("GET /page HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(3000));
    assertThat(client.received()).startsWith("HTTP/1.1 431 ").endsWith("at most 8192 bytes\n");
  }

  // ---- what takes too long ---------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /page HTTP/1.1\r\n", "GET /page HTTP/1.1\r\nHost: x\r\n"})
  void aRequestIsCompleteInTime(String begun) {
    client.send(GET + begun);
    client.received();
    for (int second = 1; second < RequestDecoder.SECONDS; second++) {
      host.pass(Duration.ofSeconds(1));
      client.send("x");
      assertThat(client.received()).isEmpty();
    }
    host.pass(Duration.ofSeconds(1));
    assertThat(client.received()).startsWith("HTTP/1.1 408 Request Timeout\r\n");
    host.pass(Duration.ofSeconds(1));
    assertThat(client.awaitClosed()).isEmpty();
  }

  @Test
  void aClientMayBeSilentBetweenRequests() {
    client.send(GET);
    host.pass(Duration.ofMinutes(30));
    client.received();
    client.send(GET);
    assertThat(heard()).isEqualTo(ANSWER);
  }

  @Test
  void anAnswerMayTakeLonger() {
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\nGET /pa");
    host.pass(Duration.ofMinutes(1));
    pages.completes("now\n");
    assertThat(heard()).endsWith("now\n");
    client.send(GET.substring("GET /pa".length()));
    assertThat(heard()).isEqualTo(ANSWER);
  }

  // ---- the end ---------------------------------------------------------------------------------

  private static GoingAway ending() {
    return new GoingAway(GoingAway.Reason.HOST_ENDS, false, Optional.empty());
  }

  @Test
  void aClientThatAsksNothingDoesNotKeepTheHostFromEnding() {
    client.send(GET);
    client.received();
    host.goingAway(ending());
    assertThat(client.awaitClosed()).isEmpty();
  }

  @Test
  void aClientThatWaitsForItsAnswerGetsItAsTheLastOne() {
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    host.goingAway(ending());
    assertThat(client.isOpen()).isTrue();
    pages.completes("now\n");
    assertThat(client.awaitClosed()).contains("connection: close\r\n").endsWith("now\n");
  }
}
