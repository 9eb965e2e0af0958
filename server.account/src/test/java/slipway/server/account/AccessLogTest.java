package slipway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.account.AccountName;
import slipway.account.Origin;

class AccessLogTest {

  private static final Origin ONE = Origin.of(new InetSocketAddress("192.0.2.1", 7));

  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final AccessLog log =
      new AccessLog(
          lines::add,
          lines::add,
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  private void fail(Origin origin, int times) {
    for (int i = 0; i < times; i++) {
      log.failed(origin, AccountName.of("n" + i), "wrong password");
    }
  }

  @Test
  void aFloodFromOneAddressIsTenLinesAMinuteAndACount() {
    fail(ONE, 300);
    assertThat(lines).hasSize(10).last().asString().contains("192.0.2.1: wrong password; name n9");
    fail(Origin.of(new InetSocketAddress("192.0.2.2", 7)), 1);
    assertThat(lines).hasSize(11);
    now = now.plus(Duration.ofMinutes(1));
    log.flush();
    assertThat(lines).hasSize(12).last().isEqualTo("log-ins from 192.0.2.1: 290 more in a minute");
    fail(ONE, 1);
    assertThat(lines).hasSize(13);
  }

  @Test
  void whatIsRefusedDoesNotHideWhatWasCompared() {
    for (int i = 0; i < 50; i++) {
      log.refused(ONE, AccountName.of("n" + i), "too many log-ins wait");
    }
    fail(ONE, 15);
    for (int i = 0; i < 11; i++) {
      log.registered(ONE, AccountName.of("n" + i));
    }
    assertThat(lines).hasSize(30);
    assertThat(lines).filteredOn(line -> line.contains("wrong password")).hasSize(10);
    now = now.plus(Duration.ofMinutes(1));
    log.flush();
    assertThat(lines).hasSize(31).last().isEqualTo("log-ins from 192.0.2.1: 46 more in a minute");
  }

  @Test
  void aFloodFromManyAddressesIsBounded() {
    for (int i = 0; i < 3000; i++) {
      fail(Origin.of(new InetSocketAddress("10.0." + i / 250 + "." + i % 250, 7)), 1);
    }
    assertThat(lines).hasSize(1000);
    now = now.plus(Duration.ofMinutes(1));
    log.flush();
    assertThat(lines)
        .hasSize(1001)
        .last()
        .isEqualTo("log-ins from other addresses: 2000 more in a minute");
  }

  @Test
  void anAddressThatIsShutOutIsSaidOnceAMinute() {
    for (int i = 0; i < 5; i++) {
      log.shutOut(ONE, "names registered: 5 in 1h");
    }
    assertThat(lines).containsExactly("shut out 192.0.2.1: names registered: 5 in 1h");
    now = now.plus(Duration.ofMinutes(1));
    log.shutOut(ONE, "names registered: 5 in 1h");
    assertThat(lines).hasSize(2);
  }
}
