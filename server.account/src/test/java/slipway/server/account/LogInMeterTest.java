package slipway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.account.LogIn;
import slipway.testkit.TestReadings;

class LogInMeterTest {

  @Test
  void attemptsAreCountedByHowTheyEnd() throws Exception {
    LogInMeter meter = new LogInMeter();
    meter.count(new LogIn.WrongPassword());
    meter.count(new LogIn.WrongPassword());
    meter.count(new LogIn.Unknown());
    meter.count(null);
    assertThat(TestReadings.of(meter))
        .containsExactlyInAnyOrder(
            "slipway_logins_total{result=\"entered\"} 0.0",
            "slipway_logins_total{result=\"registered\"} 0.0",
            "slipway_logins_total{result=\"wrong_password\"} 2.0",
            "slipway_logins_total{result=\"unknown\"} 1.0",
            "slipway_logins_total{result=\"banned\"} 0.0",
            "slipway_logins_total{result=\"refused\"} 1.0");
  }
}
