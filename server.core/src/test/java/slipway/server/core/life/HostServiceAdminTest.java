package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOADED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.admin.ServiceState.WAITLOCKED;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.admin.AdminException;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceState;
import slipway.config.ConfigurationStore;
import slipway.config.InvalidConfiguration;

/** Commands for services whose files come and go. */
@Timeout(180)
class HostServiceAdminTest {

  private final ServiceControl control = new ServiceControl();
  private final Files files = new Files();
  private final HostServiceAdmin admin =
      new HostServiceAdmin(control, files, UnaryOperator.identity());

  @AfterEach
  void stop() {
    control.deactivate();
  }

  /** Files as the store sees them; the services follow when the store has looked. */
  private final class Files implements ConfigurationStore {

    final Map<String, Map<String, String>> texts = new ConcurrentHashMap<>();
    final CountDownLatch missed = new CountDownLatch(1);

    @Override
    public void save(String factoryPid, String name, Map<String, String> changes)
        throws InvalidConfiguration {
      Map<String, String> text = new HashMap<>(texts.getOrDefault(name, Map.of()));
      text.putAll(changes);
      texts.put(name, text);
      control.configure(name, ServiceSettings.of(text));
    }

    @Override
    public boolean change(String factoryPid, String name, Map<String, String> changes)
        throws InvalidConfiguration {
      if (texts.containsKey(name)) {
        save(factoryPid, name, changes);
        return true;
      }
      control.unconfigure(name);
      missed.countDown();
      return false;
    }

    @Override
    public void remove(String factoryPid, String name) {
      texts.remove(name);
      control.unconfigure(name);
    }

    @Override
    public List<String> refusals() {
      return List.of();
    }

    @Override
    public List<RefusedFile> refusals(String factoryPid) {
      return List.of();
    }

    @Override
    public List<RefusedFile> refusalsExcept(String factoryPid) {
      return List.of();
    }

    @Override
    public CompletionStage<Void> announced() {
      return CompletableFuture.completedStage(null);
    }
  }

  private void file(String name, ServiceState state) throws Exception {
    files.save(ServiceConfig.PID, name, Map.of("state", state.name(), "drain.timeout", "1h"));
  }

  @Test
  void aServiceThatWasKnownByItsFileAloneIsNotMadeAgain() throws Exception {
    control.add("echo", new FakeProvider(17, "1.0.0"));
    file("later", LOCKED);
    files.texts.remove("later");
    assertThatThrownBy(() -> admin.setState("later", LOADED))
        .isInstanceOf(AdminException.class)
        .hasMessage(
            "no bundle provides the service later; there are echo;"
                + " LOCKED and WAITLOCKED may be set beforehand");
    assertThat(files.texts).isEmpty();
    assertThat(admin.services()).extracting(service -> service.name()).containsExactly("echo");
  }

  @Test
  void aServiceThatABundleProvidesNeedsNoFileBefore() throws Exception {
    control.add("echo", new FakeProvider(17, "1.0.0"));
    assertThat(admin.setState("echo", FIXED).state()).isEqualTo(FIXED);
    assertThat(files.texts).containsOnly(Map.entry("echo", Map.of("state", "FIXED")));
    files.texts.remove("echo");
    assertThat(admin.setState("echo", LOCKED).state()).isEqualTo(LOCKED);
    assertThat(files.texts).containsOnly(Map.entry("echo", Map.of("state", "LOCKED")));
    assertThat(admin.setState("later", LOCKED).reason()).isEqualTo("no bundle provides it");
    assertThat(files.texts).containsKey("later");
  }

  @Test
  void aStateIsSavedInTheFileThatIsThere() throws Exception {
    control.add("echo", new FakeProvider(17, "1.0.0"));
    file("echo", LOADED);
    admin.setState("echo", FIXED);
    assertThat(files.texts.get("echo")).isEqualTo(Map.of("state", "FIXED", "drain.timeout", "1h"));
  }

  @Test
  void whenTheLastUserLeavesAServiceWhoseFileWasDeletedNoneIsMade() throws Exception {
    control.add("echo", new FakeProvider(17, "1.0.0"));
    file("echo", LOADED);
    assertThat(admin.services()).as("it has arrived").hasSize(1);
    ServiceLease user = control.lease("echo").toCompletableFuture().get(60, TimeUnit.SECONDS);
    admin.setState("echo", WAITLOCKED);
    files.texts.remove("echo");
    user.close();
    assertThat(files.missed.await(60, TimeUnit.SECONDS)).isTrue();
    // what a command does comes after what has begun to be saved
    assertThat(admin.setState("other", LOCKED).state()).isEqualTo(LOCKED);
    assertThat(files.texts).containsOnlyKeys("other");
    assertThat(admin.services().getFirst().state()).isEqualTo(LOADED);
  }

  @Test
  void aServiceIsDrainedAndLockedUnlessItLetsNobodyInAlready() throws Exception {
    control.add("echo", new FakeProvider(17, "1.0.0"));
    file("echo", FIXED);
    assertThat(admin.services()).as("it has arrived").hasSize(1);
    ServiceLease user = control.lease("echo").toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(admin.lock("echo")).isTrue();
    assertThat(admin.services().getFirst().state()).isEqualTo(WAITLOCKED);
    assertThat(admin.lock("echo")).isFalse();
    user.close();
    assertThat(admin.setState("echo", LOCKED).state()).isEqualTo(LOCKED);
    assertThat(admin.lock("echo")).isFalse();
    assertThat(files.texts.get("echo")).containsEntry("state", "LOCKED");
    assertThat(admin.lock("other")).isFalse();
    assertThat(files.texts).containsOnlyKeys("echo");
  }
}
