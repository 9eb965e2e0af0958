package slipway.server.acceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.admin.AdminException;
import slipway.admin.RefusedFile;
import slipway.config.ConfigurationStore;
import slipway.config.InvalidConfiguration;

/** Commands for acceptors whose files come and go. */
@Timeout(180)
class HostAcceptorAdminTest {

  private final NioTransport transport = new NioTransport();
  private final Acceptors acceptors =
      new Acceptors(
          null,
          transport,
          (channel, intake) -> channel.close(),
          new Descriptors(() -> 0, () -> 0),
          new Stages());
  private final Files files = new Files();
  private final HostAcceptorAdmin admin = new HostAcceptorAdmin(acceptors, files);

  @AfterEach
  void stop() {
    acceptors.deactivate();
    transport.close();
  }

  /** Files as the store sees them; the acceptors follow when the store has looked. */
  private class Files implements ConfigurationStore {

    final Map<String, Map<String, String>> texts = new TreeMap<>();

    @Override
    public void save(String factoryPid, String name, Map<String, String> changes)
        throws InvalidConfiguration {
      texts.computeIfAbsent(name, made -> new HashMap<>()).putAll(changes);
      Map<String, String> settings = new HashMap<>(texts.get(name));
      settings.put("port", "0"); // whichever is free
      acceptors.configure(name, AcceptorSettings.of(settings));
    }

    @Override
    public boolean change(String factoryPid, String name, Map<String, String> changes)
        throws InvalidConfiguration {
      if (texts.containsKey(name)) {
        save(factoryPid, name, changes);
        return true;
      }
      acceptors.remove(name);
      return false;
    }

    @Override
    public void remove(String factoryPid, String name) {
      texts.remove(name);
      acceptors.remove(name);
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

  private void file(String name) throws Exception {
    files.save(AcceptorConfig.PID, name, Map.of("ip", "127.0.0.1"));
  }

  private String port(String name) {
    return admin.acceptors().stream()
        .filter(acceptor -> acceptor.name().equals(name))
        .map(acceptor -> Integer.toString(acceptor.port()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStateIsSavedInTheFileThatIsThere() throws Exception {
    file("a");
    file("b");
    List<AcceptorStatus> changed = admin.setState(port("a"), AcceptorState.STOP);
    assertThat(changed).extracting(AcceptorStatus::name).containsExactly("a");
    assertThat(changed.getFirst().state()).isEqualTo(AcceptorState.STOP);
    assertThat(files.texts.get("a")).isEqualTo(Map.of("ip", "127.0.0.1", "state", "STOP"));
    assertThat(admin.setAll(AcceptorState.STOP)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = AcceptorState.class,
      names = {"START", "STOP"})
  void anAcceptorWhoseFileWasJustDeletedIsNotMadeAgain(AcceptorState state) throws Exception {
    file("a");
    file("b");
    files.texts.remove("a");
    assertThatThrownBy(() -> admin.setState("a", state))
        .isInstanceOf(AdminException.class)
        .hasMessage("no acceptor has the port or name a any more; there are b (" + port("b") + ")");
    assertThat(files.texts).containsOnlyKeys("b");
    String port = port("b");
    files.texts.remove("b");
    assertThatThrownBy(
            () -> {
              if (state == AcceptorState.STOP) {
                admin.pause(Optional.of(port));
              } else {
                admin.resume(Optional.of(port));
              }
            })
        .isInstanceOf(AdminException.class)
        .hasMessageStartingWith("no acceptor has the port or name " + port + " any more");
    assertThat(files.texts).isEmpty();
  }

  @Test
  void ofAllAcceptorsThoseAreChangedThatAreStillThere() throws Exception {
    file("a");
    file("b");
    file("c");
    files.texts.remove("b");
    assertThat(admin.setAll(AcceptorState.STOP))
        .extracting(AcceptorStatus::name)
        .containsExactly("a", "c");
    files.texts.remove("a");
    assertThat(admin.pause(Optional.empty())).extracting(AcceptorStatus::name).containsExactly("c");
    assertThat(files.texts).containsOnlyKeys("c");
  }

  @Test
  void anAcceptorThatIsDeletedOnceItIsSavedIsToldToBeGone() throws Exception {
    file("a");
    HostAcceptorAdmin late =
        new HostAcceptorAdmin(
            acceptors,
            new Files() {
              @Override
              public boolean change(String factoryPid, String name, Map<String, String> changes) {
                acceptors.remove(name);
                return true;
              }
            });
    assertThatThrownBy(() -> late.setState("a", AcceptorState.STOP))
        .isInstanceOf(AdminException.class)
        .hasMessageStartingWith("no acceptor has the port or name a any more");
  }

  @Test
  void whatAFileSaysThatCameAMomentAgoIsKept() throws Exception {
    Map<String, String> dropped = Map.of("ip", "127.0.0.1", "port", "2000", "backlog", "7");
    files.texts.put("2000", new HashMap<>(dropped)); // not seen yet
    assertThat(admin.setState("2000", AcceptorState.STOP).getFirst().name()).isEqualTo("2000");
    assertThat(files.texts.get("2000"))
        .containsAllEntriesOf(dropped)
        .containsEntry("state", "STOP");
  }

  @Test
  void aPortThatHasNoneGetsAnAcceptorOnTheLoopback() throws Exception {
    AcceptorStatus made = admin.setState("2000", AcceptorState.STOP).getFirst();
    assertThat(made.address()).isEqualTo("127.0.0.1");
    assertThat(files.texts)
        .containsOnly(
            Map.entry("2000", Map.of("ip", "127.0.0.1", "port", "2000", "state", "STOP")));
    assertThat(admin.setState("2000", AcceptorState.CLOSE)).isEmpty();
    assertThat(files.texts).isEmpty();
  }
}
