package slipway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTypeTest {

  @ParameterizedTest
  @CsvSource({
    "slipway.server.core.life.Version, '', core",
    "slipway.server.core.deploy.Deployer, '', deploy",
    "slipway.server.core.unload.LeftTasks, '', deploy",
    "slipway.server.core.deployment.X, '', core",
    "slipway.server.data.Link, '', data",
    "slipway.server.account.HostAccounts, '', account",
    "com.zaxxer.hikari.pool.HikariPool, '', data",
    "h2database, '', data",
    "slipway.server.nextroom.inner.X, '', nextroom",
    "slipway.server, '', core",
    "slipway.thread.ControlThread, '', core",
    "slipway.server.acceptor.Acceptor, '', acceptor",
    "slipway.server.config.Gate, '', config",
    "slipway.server.log, '', log",
    "slipway.shell.commands.X, '', shell",
    "slipway.services.admin.AdminService, '', service/admin",
    "org.example.Chess, chess, service/chess",
    "org.apache.felix.scr, '', framework",
    "io.netty.channel.X, '', network",
    "slipwayward.X, '', other",
    "ROOT, '', other",
  })
  void theTypeIsTheLoggersOrItsBundlesService(String logger, String service, String type) {
    assertThat(RecordType.of(logger, service)).isEqualTo(type);
  }
}
