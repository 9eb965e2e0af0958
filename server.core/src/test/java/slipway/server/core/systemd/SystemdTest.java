package slipway.server.core.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slipway.health.Finding;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.server.core.host.HostPhase;
import slipway.server.core.host.TestPhase;

/** The whole of it, with a real socket. */
@Timeout(180)
class SystemdTest {

  @TempDir Path folder;

  private final TestPhase host = new TestPhase();

  private void lives(String address) throws InterruptedException {
    try (FakeSystemd systemd = new FakeSystemd(address)) {
      Systemd told = new Systemd(host.phase(), address, "");
      assertThat(systemd.next()).isEqualTo("STATUS=starting");
      host.started("Slipway 1.0 is ready after 0.80 s: main on 127.0.0.1:2000");
      assertThat(systemd.next())
          .isEqualTo("READY=1\nSTATUS=Slipway 1.0 is ready after 0.80 s: main on 127.0.0.1:2000");
      HostPhase.Wait wait = host.waits(Optional.of(Duration.ofMinutes(5)));
      assertThat(systemd.next())
          .isEqualTo("EXTEND_TIMEOUT_USEC=330000000\nSTATUS=waits for its connections to end");
      host.ends();
      assertThat(systemd.next()).isEqualTo("STOPPING=1\nSTATUS=ends");
      wait.close();
      told.deactivate();
    }
  }

  @Test
  void aHostTellsItsLifeToAPath() throws Exception {
    lives(folder.resolve("notify").toString());
  }

  @Test
  void aHostTellsItsLifeToAnAbstractName() throws Exception {
    lives("@slipway-test-" + UUID.randomUUID());
  }

  @Test
  void aFrameworkThatIsStoppedFromOutsideIsToldToo() throws Exception {
    String address = folder.resolve("notify").toString();
    try (FakeSystemd systemd = new FakeSystemd(address)) {
      Systemd told = new Systemd(host.phase(), address, "");
      assertThat(systemd.next()).isEqualTo("STATUS=starting");
      told.deactivate();
      assertThat(systemd.next()).isEqualTo("STOPPING=1\nSTATUS=ends");
    }
  }

  @Test
  void whatIsNotReadyIsTold() throws Exception {
    String address = folder.resolve("notify").toString();
    host.started("Slipway is ready", "acceptor main: it is taken");
    try (FakeSystemd systemd = new FakeSystemd(address)) {
      Systemd told = new Systemd(host.phase(), address, "");
      assertThat(systemd.next())
          .isEqualTo("READY=1\nSTATUS=Slipway is ready; acceptor main: it is taken");
      told.setHealth(
          probe ->
              new HealthReport(
                  probe, List.of(new Checked("acceptors", Finding.failed("main\nis taken")))));
      HostPhase.Wait wait = host.waits(Optional.empty());
      assertThat(systemd.next()).isEqualTo("STATUS=waits for its connections to end");
      wait.close();
      assertThat(systemd.next()).isEqualTo("STATUS=readiness fails: acceptors: main is taken");
      told.deactivate();
    }
  }

  @Test
  void itIsToldThatTheHostLivesIfItWatches() throws Exception {
    String address = folder.resolve("notify").toString();
    host.started("Slipway is ready");
    try (FakeSystemd systemd = new FakeSystemd(address)) {
      Systemd told = new Systemd(host.phase(), address, "20000");
      Set<String> awaited = new HashSet<>(Set.of("WATCHDOG=1", "READY=1\nSTATUS=Slipway is ready"));
      while (!awaited.isEmpty()) {
        awaited.remove(systemd.next());
      }
      told.deactivate();
    }
  }

  @Test
  void withoutAnAddressOrWithoutAListenerNothingHappens() {
    new Systemd(host.phase(), "", "20000").deactivate();
    new Systemd(host.phase(), folder.resolve("nobody").toString(), "20000").deactivate();
    new Systemd(host.phase(), "vsock:2:1234", "").deactivate();
    host.started("ready");
  }

  @Test
  void anAddressThatCannotBeUsedIsNamed() {
    assertThatThrownBy(() -> NotifySocket.connect("vsock:2:1234"))
        .isInstanceOf(IOException.class)
        .hasMessage("vsock:2:1234 is neither a path nor @ and a name");
    String nobody = folder.resolve("nobody").toString();
    assertThatThrownBy(() -> NotifySocket.connect(nobody))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(nobody + " cannot be reached: ");
  }

  @Test
  void theTimeOfTheWatchdogIsInMicroseconds() {
    assertThat(Systemd.limit("30000000")).contains(Duration.ofSeconds(30));
    for (String none : List.of("", "0", "-1", "soon", "1".repeat(30))) {
      assertThat(Systemd.limit(none)).isEmpty();
    }
  }
}
