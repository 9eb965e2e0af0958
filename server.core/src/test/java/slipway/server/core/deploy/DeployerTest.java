package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import slipway.server.core.life.BundleFramework;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.life.ShippedLibraries;
import slipway.server.core.unload.Unloads;

/** What the record says of versions, in a real framework; the test is the life of services. */
@Timeout(60)
class DeployerTest {

  @TempDir private Path home;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final List<String> told = new ArrayList<>();
  private BundleFramework framework;
  private History history;
  private Deployer deployer;
  private Path file;

  @BeforeEach
  void make() throws Exception {
    framework = new BundleFramework(home.resolve("cache"));
    history = new History(home.resolve("versions"), clock);
    file = home.resolve("say.jar");
    Wiring wiring = new Wiring(framework.context());
    Installed installed = new Installed();
    deployer =
        new Deployer(
            framework.context(),
            new ServiceControl(),
            Runnable::run,
            history,
            new Unloads(
                framework.context(),
                List.of(),
                type -> false,
                loader -> List.of(),
                Map::of,
                Clock.systemUTC()),
            new Planner(
                framework.context(), wiring, installed, new ShippedLibraries(framework.context())),
            wiring,
            installed);
    deployer.tell(new Told());
  }

  @AfterEach
  void end() throws Exception {
    framework.end();
  }

  private Deployed deploy(String version, String by) throws Exception {
    ServiceJar jar = ServiceJar.read(Jars.service(file, "say", version));
    return deployer.deploy(jar, file, by, "say.jar", false);
  }

  private Deployed deploy(String version) throws Exception {
    return deploy(version, "file");
  }

  private void serves(Deployed deployed) {
    deployer.serves(id(deployed), CompletableFuture.completedStage(null));
  }

  private static long id(Deployed deployed) {
    return deployed.bundle().getBundleId();
  }

  private List<String> outcomes() throws Exception {
    return history.of("say").stream()
        .map(entry -> entry.version() + " " + entry.shown().outcome())
        .toList();
  }

  // ---- before it serves ------------------------------------------------------------------------

  @Test
  void aVersionThatIsTakenAwayBeforeItServesIsOnRecordAsThat() throws Exception {
    Deployed deployed = deploy("1.0.0");
    deployer.withdraw(file, any -> true);
    assertThat(outcomes()).containsExactly("1.0.0 removed before it served");
    deployer.released(id(deployed));
    assertThat(outcomes()).containsExactly("1.0.0 removed before it served");
    assertThat(deployed.bundle().getState()).isEqualTo(Bundle.UNINSTALLED);
  }

  @Test
  void aVersionThatIsReleasedBeforeItServesIsOnRecordAsThat() throws Exception {
    Deployed deployed = deploy("1.0.0", "install");
    deployer.released(id(deployed));
    assertThat(outcomes()).containsExactly("1.0.0 removed before it served");
    assertThatThrownBy(deployed.outcome()::join)
        .hasMessageContaining("it was taken away before it served");
  }

  @Test
  void aVersionThatANewerOneServesBeforeIsOvertaken() throws Exception {
    Deployed one = deploy("1.0.0", "install");
    Deployed two = deploy("2.0.0");
    serves(two);
    assertThat(outcomes()).containsExactly("1.0.0 overtaken", "2.0.0 serves");
    assertThat(told).containsExactly("serves 2.0.0", "overtaken 1.0.0");
    deployer.withdraw(file, any -> true);
    deployer.released(id(one));
    assertThat(outcomes()).containsExactly("1.0.0 overtaken", "2.0.0 removed");
  }

  @Test
  void aVersionThatWasOvertakenServesIfTheNewerOneFails() throws Exception {
    Deployed one = deploy("1.0.0");
    Deployed two = deploy("2.0.0");
    serves(two);
    deployer.failed(id(two), "it throws");
    serves(one);
    assertThat(outcomes()).containsExactly("1.0.0 serves", "2.0.0 failed: it throws");
  }

  @Test
  void aVersionThatHasFailedIsNotOvertaken() throws Exception {
    deployer.failed(id(deploy("1.0.0")), "it throws");
    serves(deploy("2.0.0"));
    assertThat(outcomes()).containsExactly("1.0.0 failed: it throws", "2.0.0 serves");
    assertThat(told).doesNotContain("overtaken 1.0.0");
  }

  @Test
  void aVersionThatHasFailedStaysSoWhenItGoes() throws Exception {
    Deployed deployed = deploy("1.0.0");
    deployer.failed(id(deployed), "it throws");
    deployer.withdraw(file, any -> true);
    deployer.released(id(deployed));
    assertThat(outcomes()).containsExactly("1.0.0 failed: it throws");
  }

  @Test
  void aVersionThatServedIsRemovedWithItsFile() throws Exception {
    Deployed deployed = deploy("1.0.0");
    serves(deployed);
    deployer.withdraw(file, any -> true);
    assertThat(outcomes()).containsExactly("1.0.0 removed");
    assertThat(deployer.serving("say")).isEmpty();
  }

  @Test
  void thatItServesComesTooLateForOneThatWasTakenAway() throws Exception {
    Deployed deployed = deploy("1.0.0");
    deployer.withdraw(file, any -> true);
    serves(deployed);
    assertThat(deployer.serving("say")).isEmpty();
    assertThat(told).isEmpty();
  }

  // ---- alone -----------------------------------------------------------------------------------

  /** It served when the host ended, and could not be deployed at the start, but later. */
  private Deployed afterRestart() throws Exception {
    ServiceJar jar = ServiceJar.read(Jars.service(file, "say", "1.0.0"));
    history.conclude(history.begin(jar, "file", "say.jar", "say.jar"), Outcome.SERVES, "");
    return deploy("1.0.0");
  }

  @Test
  void aVersionThatHasServedAndFailsAloneIsWhatItsFileServes() throws Exception {
    Deployed deployed = afterRestart();
    deployer.alone(id(deployed), "no database");
    assertThat(outcomes()).as("it is to serve at the next start").containsExactly("1.0.0 serves");
    assertThat(deployer.serving(file)).isPresent();
    assertThat(told).containsExactly("stays 1.0.0");
  }

  @Test
  void itsFileIsRemoved() throws Exception {
    Deployed deployed = afterRestart();
    deployer.alone(id(deployed), "no database");
    deployer.withdraw(file, any -> true);
    assertThat(outcomes()).containsExactly("1.0.0 removed");
    deployer.released(id(deployed));
    assertThat(deployer.serving("say")).isEmpty();
  }

  @Test
  void itsFileIsReplaced() throws Exception {
    Deployed one = afterRestart();
    deployer.alone(id(one), "no database");
    serves(deploy("2.0.0"));
    deployer.released(id(one));
    assertThat(outcomes()).containsExactly("1.0.0 replaced", "2.0.0 serves");
  }

  @Test
  void thatItFailsComesTooLateForOneThatWasTakenAway() throws Exception {
    Deployed deployed = afterRestart();
    serves(deployed);
    deployer.withdraw(file, any -> true);
    told.clear();
    deployer.alone(id(deployed), "no database");
    assertThat(deployer.serving("say")).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aVersionThatFailsAloneAndNeverServedIsNotOneToGoBackTo() throws Exception {
    deployer.alone(id(deploy("1.0.0")), "no database");
    assertThat(outcomes()).containsExactly("1.0.0 failed: no database");
    deployer.withdraw(file, any -> true);
    assertThat(outcomes()).containsExactly("1.0.0 removed before it served");
    Deployed two = deploy("2.0.0");
    serves(two);
    assertThat(history.before("say", two.jar().digest())).isEmpty();
  }

  /** Writes down what it is told. */
  private final class Told implements Fates {

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public void serves(Deployed deployed) {
      told.add("serves " + deployed.jar().version());
    }

    @Override
    public boolean follow(Deployed deployed, NotDeployed reason) {
      return false;
    }

    @Override
    public void overtaken(Deployed deployed) {
      told.add("overtaken " + deployed.jar().version());
    }

    @Override
    public void stays(Deployed deployed) {
      told.add("stays " + deployed.jar().version());
    }

    @Override
    public void failed(Deployed deployed, NotDeployed reason) {
      told.add("failed " + deployed.jar().version());
    }
  }
}
