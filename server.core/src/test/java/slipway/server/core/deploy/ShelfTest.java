package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.admin.DeployAdmin.Refused;
import slipway.server.core.deploy.NotDeployed.Retry;

/** The habits of operators, one look after the other. */
class ShelfTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path home;
  private Path services;
  private final ManualClock clock = new ManualClock(NOW);
  private final FakeVersions versions = new FakeVersions();
  private final FakeLibraries libraries = new FakeLibraries();
  private final Map<String, String> remarks = new HashMap<>();
  private History history;
  private Shelf shelf;

  @BeforeEach
  void make() throws IOException {
    services = Files.createDirectory(home.resolve("services"));
    history = new History(home.resolve("versions"), clock);
    begin();
  }

  private void begin() {
    shelf =
        new Shelf(
            new FolderLook(services),
            versions,
            libraries,
            new Restoration(history, versions),
            remarks::put,
            clock,
            () -> Duration.between(NOW, clock.instant()).toNanos());
    versions.fates = shelf;
  }

  private Path jar(String file, String service, String version) throws IOException {
    return Jars.service(services.resolve(file), service, version);
  }

  private Path garbage(String file) throws IOException {
    Path path = Files.writeString(services.resolve(file), "no jar");
    Files.setLastModifiedTime(path, FileTime.from(NOW.minusSeconds(60)));
    return path;
  }

  /** Looks, lets what was deployed serve or fail, and says what was done. */
  private List<String> look() throws IOException {
    versions.calls.clear();
    shelf.look();
    versions.settle();
    return List.copyOf(versions.calls);
  }

  private List<String> lookTwice() throws IOException {
    List<String> done = new ArrayList<>(look());
    done.addAll(look());
    return done;
  }

  private String reason(String file) {
    return shelf.refused().stream()
        .filter(some -> some.file().equals(file))
        .map(Refused::reason)
        .findFirst()
        .orElse("");
  }

  @Test
  void aJarIsDeployedOnce() throws IOException {
    look();
    jar("say.jar", "say", "1.0.0");
    assertThat(look()).containsExactly("deploy say 1.0.0 as say.jar");
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void aChangedJarIsANewVersion() throws IOException {
    jar("say.jar", "say", "1.0.0");
    look();
    jar("say.jar", "say", "2.0.0");
    assertThat(look()).containsExactly("deploy say 2.0.0 as say.jar");
  }

  @Test
  void theSameContentAnewIsNoEvent() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    Files.setLastModifiedTime(file, FileTime.from(NOW));
    assertThat(look()).isEmpty();
    Path copy = Files.copy(file, home.resolve("copy"));
    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(look()).isEmpty();
  }

  @Test
  void aRenameIsNoDeploy() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    Files.move(file, services.resolve("say-1.jar"));
    assertThat(lookTwice()).containsExactly("rename say.jar to say-1.jar");
    Files.delete(services.resolve("say-1.jar"));
    assertThat(lookTwice()).containsExactly("withdraw say 1.0.0");
  }

  @Test
  void aRenameThatALookHasSeenHalfOfIsNoDeploy() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    Path away = Files.move(file, home.resolve("away"));
    assertThat(look()).isEmpty();
    Files.move(away, services.resolve("say-1.jar"));
    assertThat(lookTwice()).containsExactly("rename say.jar to say-1.jar");
  }

  @Test
  void aFileThatIsGoneIsBelievedAtTheSecondLook() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    Files.delete(file);
    assertThat(look()).isEmpty();
    assertThat(look()).containsExactly("withdraw say 1.0.0");
    jar("say.jar", "say", "2.0.0");
    assertThat(look()).containsExactly("deploy say 2.0.0 as say.jar");
  }

  @Test
  void aFolderThatCannotBeReadTakesNothingAway() throws IOException {
    jar("say.jar", "say", "1.0.0");
    look();
    Path away = Files.move(services, home.resolve("away"));
    assertThat(lookTwice()).isEmpty();
    Files.move(away, services);
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void aFileThatIsNoJarYetIsWaitedFor() throws IOException {
    jar("say.jar", "say", "1.0.0");
    look();
    Path file = services.resolve("say.jar");
    Files.writeString(file, "PK");
    Files.setLastModifiedTime(file, FileTime.from(NOW));
    assertThat(look()).isEmpty();
    assertThat(shelf.isSettled()).isFalse();
    assertThat(shelf.refused()).isEmpty();
    clock.advance(ShelfFiles.MOMENT);
    look();
    assertThat(reason("say.jar")).startsWith("it is no jar, or not whole: ");
    assertThat(remarks.get("say")).startsWith("say.jar was not deployed: it is no jar");
  }

  @Test
  void aRefusalIsForgottenWhenTheFileIsWhatServesAgain() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    Files.copy(file, home.resolve("copy"));
    garbage("say.jar");
    look();
    assertThat(remarks.get("say")).isNotEmpty();
    Files.move(home.resolve("copy"), file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(look()).isEmpty();
    assertThat(shelf.refused()).isEmpty();
    assertThat(remarks.get("say")).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsRefusedAfterAMomentAndServesWhenItsFileIsThere() throws IOException {
    Path file = home.resolve("say-1.jar");
    Files.createSymbolicLink(services.resolve("say.jar"), file);
    look();
    assertThat(shelf.isSettled()).isFalse();
    assertThat(shelf.refused()).isEmpty();
    clock.advance(ShelfFiles.MOMENT);
    look();
    assertThat(reason("say.jar"))
        .isEqualTo("it is a link to " + file + ", and there is no such file");
    assertThat(shelf.isSettled()).isTrue();
    Jars.service(file, "say", "1.0.0");
    assertThat(look()).containsExactly("deploy say 1.0.0 as say.jar");
    assertThat(shelf.refused()).isEmpty();
  }

  @Test
  void whatServesStaysWhenTheFileBehindItsLinkIsGone() throws IOException {
    Path file = Jars.service(home.resolve("say-1.jar"), "say", "1.0.0");
    Path link = Files.createSymbolicLink(services.resolve("say.jar"), file);
    look();
    Path away = Files.move(file, home.resolve("away"));
    assertThat(lookTwice()).isEmpty();
    clock.advance(ShelfFiles.MOMENT);
    assertThat(lookTwice()).isEmpty();
    assertThat(reason("say.jar")).startsWith("it is a link to ");
    assertThat(remarks.get("say")).startsWith("say.jar was not deployed: it is a link to ");
    Files.move(away, file);
    assertThat(look()).isEmpty();
    assertThat(shelf.refused()).isEmpty();
    assertThat(remarks.get("say")).isEmpty();
    Files.delete(link);
    assertThat(lookTwice()).containsExactly("withdraw say 1.0.0");
  }

  @Test
  void aLinkThatLeadsNowhereAtAStartLeavesWhatServed() throws IOException {
    served(jar("say.jar", "say", "1.0.0"));
    Files.delete(services.resolve("say.jar"));
    Files.createSymbolicLink(services.resolve("say.jar"), home.resolve("none"));
    assertThat(look()).containsExactly("deploy say 1.0.0 as say.jar");
    clock.advance(ShelfFiles.MOMENT);
    assertThat(look()).isEmpty();
    assertThat(reason("say.jar")).startsWith("it is a link to ");
  }

  @Test
  void aJarOfTwoServicesIsRefused() throws IOException {
    Jars.with(
        services.resolve("two.jar"),
        "1.0.0",
        Map.of("Provide-Capability", "slipway.service;name=say,slipway.service;name=\"tell\""));
    Files.setLastModifiedTime(services.resolve("two.jar"), FileTime.from(NOW.minusSeconds(60)));
    assertThat(lookTwice()).isEmpty();
    assertThat(reason("two.jar"))
        .isEqualTo(
            "its manifest has 2 capabilities slipway.service: say, tell; allowed is one, as a"
                + " bundle is one service");
  }

  @Test
  void aFileThatWasRefusedIsToldUnderItsName() throws IOException {
    garbage("new.jar");
    look();
    assertThat(shelf.refused()).extracting(Refused::file).containsExactly("new.jar");
    Files.delete(services.resolve("new.jar"));
    lookTwice();
    assertThat(shelf.refused()).isEmpty();
  }

  @Test
  void whatFailedIsTriedAgainWhenItIsTouchedAndNotByItself() throws IOException {
    versions.failure = NotDeployed.refused("it throws");
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    assertThat(reason("say.jar")).isEqualTo("it throws");
    clock.advance(Duration.ofDays(1));
    shelf.packagesChanged();
    assertThat(look()).isEmpty();
    versions.failure = null;
    Files.setLastModifiedTime(file, FileTime.from(NOW));
    assertThat(look()).containsExactly("deploy say 1.0.0 as say.jar");
    assertThat(shelf.refused()).isEmpty();
  }

  @Test
  void whatDidNotResolveIsTriedAgainWhenThereAreOtherPackages() throws IOException {
    versions.failure = new NotDeployed("it misses a package", Retry.ON_PACKAGES);
    jar("say.jar", "say", "1.0.0");
    look();
    assertThat(look()).isEmpty();
    versions.failure = null;
    shelf.packagesChanged();
    assertThat(lookTwice()).containsExactly("deploy say 1.0.0 as say.jar");
  }

  @Test
  void forWantOfSomethingItIsTriedAgainAtGrowingPauses() throws IOException {
    versions.refusal = new NotDeployed("too many open files", Retry.SOON);
    jar("say.jar", "say", "1.0.0");
    look();
    assertThat(look()).isEmpty();
    clock.advance(FileState.Refused.PAUSE);
    assertThat(look()).hasSize(1);
    clock.advance(FileState.Refused.PAUSE);
    assertThat(look()).as("twice as long now").isEmpty();
    clock.advance(FileState.Refused.PAUSE);
    assertThat(look()).hasSize(1);
    for (int tries = 0; tries < 100; tries++) {
      clock.advance(FileState.Refused.LONGEST_PAUSE);
      assertThat(look()).hasSize(1);
    }
    versions.refusal = null;
    clock.advance(FileState.Refused.LONGEST_PAUSE);
    look();
    assertThat(shelf.refused()).isEmpty();
  }

  @Test
  void aFileThatProvidesAnotherServiceTakesTheFirstAway() throws IOException {
    jar("say.jar", "say", "1.0.0");
    look();
    jar("say.jar", "tell", "1.0.0");
    assertThat(look()).containsExactly("deploy tell 1.0.0 as say.jar", "withdraw say 1.0.0");
  }

  @Test
  void theLaterOfTwoFilesServesAndTheOtherIsASpare() throws IOException {
    jar("say-1.jar", "say", "1.0.0");
    look();
    jar("say-2.jar", "say", "2.0.0");
    assertThat(look()).containsExactly("deploy say 2.0.0 as say-2.jar");
    Files.setLastModifiedTime(services.resolve("say-1.jar"), FileTime.from(NOW));
    assertThat(look()).as("a touch does not swap them").isEmpty();
    Files.delete(services.resolve("say-2.jar"));
    assertThat(lookTwice()).containsExactly("deploy say 1.0.0 as say-1.jar", "withdraw say 2.0.0");
  }

  @Test
  void aSpareThatIsRefusedLeavesTheServiceToTheNext() throws IOException {
    jar("say-1.jar", "say", "1.0.0");
    look();
    jar("say-2.jar", "say", "2.0.0");
    look();
    jar("say-3.jar", "say", "3.0.0");
    look();
    versions.refusal = NotDeployed.refused("it cannot be installed");
    versions.refuses = file -> file.endsWith("say-2.jar");
    Files.delete(services.resolve("say-3.jar"));
    assertThat(lookTwice())
        .containsExactly(
            "deploy say 2.0.0 as say-2.jar", "deploy say 1.0.0 as say-1.jar", "withdraw say 3.0.0");
    assertThat(reason("say-2.jar")).isEqualTo("it cannot be installed");
    assertThat(versions.serving(services.resolve("say-1.jar"))).isPresent();
  }

  @Test
  void aServiceOfWhichAllSparesAreRefusedEnds() throws IOException {
    jar("say-1.jar", "say", "1.0.0");
    look();
    jar("say-2.jar", "say", "2.0.0");
    look();
    versions.refusal = NotDeployed.refused("it cannot be installed");
    Files.delete(services.resolve("say-2.jar"));
    assertThat(lookTwice()).containsExactly("deploy say 1.0.0 as say-1.jar", "withdraw say 2.0.0");
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void aSpareThatFailsWhenItIsToServeIsFollowedByTheNext() throws IOException {
    for (String version : List.of("1", "2", "3")) {
      jar("say-" + version + ".jar", "say", version + ".0.0");
      look();
    }
    versions.stillborn = file -> file.endsWith("say-2.jar");
    Files.delete(services.resolve("say-3.jar"));
    assertThat(lookTwice())
        .containsExactly(
            "deploy say 2.0.0 as say-2.jar", "withdraw say 3.0.0", "deploy say 1.0.0 as say-1.jar");
    assertThat(reason("say-2.jar")).isEqualTo("it throws");
    assertThat(remarks.get("say")).isEqualTo("say-2.jar was not deployed: it throws");
    assertThat(versions.serving(services.resolve("say-1.jar"))).isPresent();
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void theLastSpareStaysAlthoughItFails() throws IOException {
    jar("say-1.jar", "say", "1.0.0");
    look();
    jar("say-2.jar", "say", "2.0.0");
    look();
    versions.stillborn = file -> true;
    Files.delete(services.resolve("say-2.jar"));
    assertThat(lookTwice()).containsExactly("deploy say 1.0.0 as say-1.jar", "withdraw say 2.0.0");
    assertThat(versions.serving(services.resolve("say-1.jar"))).isPresent();
    assertThat(shelf.refused()).isEmpty();
  }

  @Test
  void aFileThatAnotherOneOvertookIsASpare() throws IOException {
    Path first = jar("say-1.jar", "say", "1.0.0");
    versions.holds = true;
    look();
    jar("say-2.jar", "say", "2.0.0");
    look();
    shelf.serves(versions.held("2.0.0"));
    assertThat(shelf.isSettled()).isFalse();
    shelf.overtaken(versions.held("1.0.0"));
    assertThat(shelf.isSettled()).isTrue();
    assertThat(first).exists();
  }

  @Test
  void aSpareThatIsRemovedIsNoEvent() throws IOException {
    jar("say-1.jar", "say", "1.0.0");
    look();
    Path second = Files.copy(services.resolve("say-1.jar"), services.resolve("say-2.jar"));
    assertThat(look()).isEmpty();
    Files.delete(second);
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void librariesComeBeforeThoseWhoUseThem() throws IOException {
    jar("a.jar", "say", "1.0.0");
    Jars.library(services.resolve("z.jar"), "1.0.0");
    shelf.look();
    assertThat(libraries.calls).containsExactly("offer z.jar");
    assertThat(versions.calls).containsExactly("deploy say 1.0.0 as a.jar");
  }

  @Test
  void aLibraryThatIsRenamedIsNotInstalledAgain() throws IOException {
    Path file = Jars.library(services.resolve("lib.jar"), "1.0.0");
    look();
    Files.move(file, services.resolve("lib-1.jar"));
    lookTwice();
    assertThat(libraries.calls).containsExactly("offer lib.jar", "rename lib.jar lib-1.jar");
  }

  @Test
  void aLibraryThatIsRemovedInUseIsToldUntilItIsBack() throws IOException {
    Path file = Jars.library(services.resolve("lib.jar"), "1.0.0");
    look();
    libraries.uses = "it was removed, but say uses it";
    Path away = Files.move(file, home.resolve("away"));
    look();
    assertThat(shelf.refused()).isEmpty();
    lookTwice();
    assertThat(reason("lib.jar")).isEqualTo("it was removed, but say uses it");
    Files.move(away, file);
    look();
    assertThat(shelf.refused()).isEmpty();
    assertThat(libraries.calls).containsExactly("offer lib.jar");
  }

  @Test
  void aLibraryThatIsRemovedInUseGoesWhenNobodyUsesItAnyMore() throws IOException {
    Path file = Jars.library(services.resolve("lib.jar"), "1.0.0");
    look();
    libraries.uses = "it was removed, but say uses it";
    Files.delete(file);
    lookTwice();
    assertThat(libraries.files).containsKey(file);
    libraries.uses = "";
    look();
    assertThat(shelf.refused()).isEmpty();
    assertThat(libraries.files).isEmpty();
  }

  @Test
  void aLibraryInUseThatAServiceHasTheFileOfIsTold() throws IOException {
    Path file = Jars.library(services.resolve("lib.jar"), "1.0.0");
    look();
    libraries.uses = "it was removed, but say uses it";
    Files.delete(file);
    jar("lib.jar", "other", "1.0.0");
    lookTwice();
    assertThat(reason("lib.jar")).isEqualTo("it was removed, but say uses it");
    libraries.uses = "";
    look();
    assertThat(shelf.refused()).isEmpty();
  }

  // ---- what cannot be taken away ---------------------------------------------------------------

  @Test
  void aFileThatCannotBeTakenAwayIsTriedAgainAtGrowingPauses() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    Files.delete(file);
    versions.trouble = new IllegalStateException("no thread");
    assertThat(lookTwice()).containsExactly("withdraw in vain");
    assertThat(lookTwice()).as("it is too early").isEmpty();
    assertThat(reason("say.jar")).isEqualTo("it was removed, but cannot be taken away: no thread");
    clock.advance(FileState.Refused.PAUSE);
    assertThat(lookTwice()).containsExactly("withdraw in vain");
    clock.advance(FileState.Refused.PAUSE);
    assertThat(lookTwice()).as("twice as long now").isEmpty();
    for (int tries = 0; tries < 20; tries++) {
      clock.advance(FileState.Refused.LONGEST_PAUSE);
      assertThat(lookTwice()).containsExactly("withdraw in vain");
    }
    versions.trouble = null;
    clock.advance(FileState.Refused.LONGEST_PAUSE);
    assertThat(lookTwice()).containsExactly("withdraw say 1.0.0");
    assertThat(shelf.refused()).isEmpty();
    assertThat(versions.serving("say")).isEmpty();
  }

  @Test
  void aFileThatCouldNotBeTakenAwayAndIsBackIsWhatItWas() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    look();
    Path away = Files.move(file, home.resolve("away"));
    versions.trouble = new IllegalStateException("no thread");
    lookTwice();
    versions.trouble = null;
    Files.move(away, file);
    assertThat(look()).isEmpty();
    assertThat(shelf.refused()).isEmpty();
    clock.advance(FileState.Refused.LONGEST_PAUSE);
    assertThat(lookTwice()).isEmpty();
    assertThat(versions.serving(file)).isPresent();
  }

  @Test
  void oneThatCannotBeTakenAwayLeavesTheOthersTheirWay() throws IOException {
    Path file = Jars.library(services.resolve("lib.jar"), "1.0.0");
    Path other = jar("say.jar", "say", "1.0.0");
    look();
    libraries.trouble = new IllegalStateException("bundle 7 cannot be uninstalled");
    Files.delete(file);
    Files.delete(other);
    assertThat(lookTwice()).containsExactly("withdraw say 1.0.0");
    assertThat(reason("lib.jar"))
        .isEqualTo("it was removed, but cannot be taken away: bundle 7 cannot be uninstalled");
    jar("tell.jar", "tell", "1.0.0");
    assertThat(look()).containsExactly("deploy tell 1.0.0 as tell.jar");
  }

  @Test
  void aLibraryThatCannotBeUninstalledWhenNobodyUsesItIsTriedAgainAtGrowingPauses()
      throws IOException {
    Path file = Jars.library(services.resolve("lib.jar"), "1.0.0");
    look();
    libraries.uses = "it was removed, but say uses it";
    Files.delete(file);
    lookTwice();
    libraries.uses = "";
    libraries.trouble = new IllegalStateException("bundle 7 cannot be uninstalled");
    libraries.calls.clear();
    lookTwice();
    lookTwice();
    assertThat(libraries.calls).containsExactly("uninstall in vain");
    assertThat(shelf.refused())
        .extracting(Refused::reason)
        .containsExactly(
            "it was removed, but cannot be taken away: bundle 7 cannot be uninstalled");
    libraries.trouble = null;
    clock.advance(FileState.Refused.PAUSE);
    look();
    assertThat(shelf.refused()).isEmpty();
    assertThat(libraries.files).isEmpty();
  }

  @Test
  void aServiceIsDeployedFromTheFileOfALibraryThatCannotBeUninstalled() throws IOException {
    Path file = Jars.library(services.resolve("lib.jar"), "1.0.0");
    look();
    libraries.trouble = new IllegalStateException("bundle 7 cannot be uninstalled");
    Files.delete(file);
    jar("lib.jar", "say", "1.0.0");
    assertThat(lookTwice()).containsExactly("deploy say 1.0.0 as lib.jar");
    assertThat(reason("lib.jar")).endsWith("bundle 7 cannot be uninstalled");
    libraries.trouble = null;
    clock.advance(FileState.Refused.PAUSE);
    look();
    assertThat(shelf.refused()).isEmpty();
    assertThat(libraries.files).isEmpty();
  }

  // ---- starts ----------------------------------------------------------------------------------

  private void served(Path file) throws IOException {
    ServiceJar jar = ServiceJar.read(file);
    history.keep("say", jar);
    String name = file.getFileName().toString();
    history.conclude(history.begin(jar, "file", name, name), Outcome.SERVES, "");
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void ofTwoFilesTheOneThatServedServesAgain() throws IOException {
    jar("say-2.jar", "say", "2.0.0");
    served(jar("say-1.jar", "say", "1.0.0"));
    assertThat(look()).containsExactly("deploy say 1.0.0 as say-1.jar");
    assertThat(lookTwice()).isEmpty();
  }

  private void failed(Path file, String reason) throws IOException {
    ServiceJar jar = ServiceJar.read(file);
    String name = file.getFileName().toString();
    history.conclude(history.begin(jar, "file", name, name), Outcome.FAILED, reason);
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void aFileThatWasRefusedBesideTheOneThatServesIsRefusedAgainAtAStart() throws IOException {
    served(jar("say-1.jar", "say", "1.0.0"));
    failed(jar("say-0.jar", "say", "0.9.0"), "it cannot be installed");
    failed(jar("say-2.jar", "say", "2.0.0"), "it cannot be installed");
    failed(services.resolve("say-0.jar"), "it cannot be installed");
    jar("say-3.jar", "say", "3.0.0");
    versions.refusal = NotDeployed.refused("it cannot be installed");
    versions.refuses = file -> !file.endsWith("say-1.jar");
    assertThat(look())
        .containsExactly(
            "deploy say 1.0.0 as say-1.jar",
            "deploy say 2.0.0 as say-2.jar",
            "deploy say 0.9.0 as say-0.jar");
    assertThat(shelf.refused()).extracting(Refused::file).containsExactly("say-0.jar", "say-2.jar");
    assertThat(remarks.get("say")).isEqualTo("say-0.jar was not deployed: it cannot be installed");
    assertThat(versions.serving(services.resolve("say-1.jar"))).isPresent();
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void aFileThatWasRefusedServesAfterAStartIfNothingIsWrongWithItAnyMore() throws IOException {
    served(jar("say-1.jar", "say", "1.0.0"));
    failed(jar("say-2.jar", "say", "2.0.0"), "it misses a package");
    assertThat(look())
        .containsExactly("deploy say 1.0.0 as say-1.jar", "deploy say 2.0.0 as say-2.jar");
    assertThat(shelf.refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', a.jar", "a.jar, b.jar"})
  void ofTwoFilesOfWhichNoneServedTheHighestVersionServesThatIsNotRefused(
      String refused, String serves) throws IOException {
    jar("a.jar", "say", "10.0.0");
    jar("b.jar", "say", "9.0.0");
    versions.refusal = NotDeployed.refused("it cannot be installed");
    versions.refuses = file -> file.endsWith(refused);
    List<String> deploys = List.of("deploy say 10.0.0 as a.jar", "deploy say 9.0.0 as b.jar");
    assertThat(look()).isEqualTo(refused.isEmpty() ? deploys.subList(0, 1) : deploys);
    assertThat(versions.serving(services.resolve(serves))).isPresent();
  }

  @Test
  void aFileThatBrokeWhileTheHostDidNotRunLeavesWhatServed() throws IOException {
    served(jar("say.jar", "say", "1.0.0"));
    garbage("say.jar");
    assertThat(look()).containsExactly("deploy say 1.0.0 as say.jar");
    assertThat(reason("say.jar")).startsWith("it is no jar");
    assertThat(remarks.get("say")).startsWith("say.jar was not deployed: it is no jar");
  }

  @Test
  void anOlderFileDoesNotServeInPlaceOfOneThatBroke() throws IOException {
    served(jar("say-2.jar", "say", "2.0.0"));
    jar("say-1.jar", "say", "1.0.0");
    garbage("say-2.jar");
    assertThat(look()).containsExactly("deploy say 2.0.0 as say-2.jar");
    Files.delete(services.resolve("say-2.jar"));
    assertThat(lookTwice()).containsExactly("deploy say 1.0.0 as say-1.jar", "withdraw say 2.0.0");
  }

  @Test
  void aFileThatChangedWhileTheHostDidNotRunIsTriedBesideWhatServed() throws IOException {
    served(jar("say.jar", "say", "1.0.0"));
    jar("say.jar", "say", "2.0.0");
    assertThat(look())
        .containsExactly("deploy say 1.0.0 as say.jar", "deploy say 2.0.0 as say.jar");
  }

  @Test
  void aFileThatWentWhileTheHostDidNotRunIsOnRecordAsRemoved() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    served(file);
    Files.delete(file);
    assertThat(look()).isEmpty();
    assertThat(history.of("say")).extracting(Entry::outcome).containsExactly(Outcome.REMOVED);
  }

  private void begun(Path file) throws IOException {
    String name = file.getFileName().toString();
    history.begin(ServiceJar.read(file), "file", name, name);
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void whatWasOnItsWayWhenTheHostEndedAndIsNotThereHasFailed() throws IOException {
    served(jar("say-1.jar", "say", "1.0.0"));
    begun(jar("say-2.jar", "say", "2.0.0"));
    Files.delete(services.resolve("say-2.jar"));
    look();
    assertThat(history.of("say"))
        .extracting(entry -> entry.shown().outcome())
        .containsExactly("serves", "failed: the host ended before it served");
  }

  @Test
  void whatWasOnItsWayWhenAnotherServedIsOvertakenAfterTheHostEnded() throws IOException {
    begun(jar("say-2.jar", "say", "2.0.0"));
    served(jar("say-1.jar", "say", "1.0.0"));
    assertThat(look()).containsExactly("deploy say 1.0.0 as say-1.jar");
    assertThat(history.of("say"))
        .extracting(Entry::outcome)
        .containsExactly(Outcome.OVERTAKEN, Outcome.SERVES);
  }

  @Test
  void whatWasOnItsWayWhenTheHostEndedIsTriedAgain() throws IOException {
    served(jar("say.jar", "say", "1.0.0"));
    begun(jar("say.jar", "say", "2.0.0"));
    assertThat(look())
        .containsExactly("deploy say 1.0.0 as say.jar", "deploy say 2.0.0 as say.jar");
    assertThat(history.of("say"))
        .extracting(Entry::outcome)
        .containsExactly(Outcome.SERVES, Outcome.INSTALLED);
  }

  @Test
  void aFileThatWasRenamedWhileTheHostDidNotRunIsNoDeploy() throws IOException {
    Path file = jar("say.jar", "say", "1.0.0");
    served(file);
    Files.move(file, services.resolve("say-1.jar"));
    assertThat(look()).containsExactly("deploy say 1.0.0 as say-1.jar");
  }

  @Test
  void aLibraryThatBrokeWhileTheHostDidNotRunIsRestoredBeforeServicesAreDeployed()
      throws IOException {
    Jars.library(services.resolve("a.jar"), "1.0.0");
    garbage("lib.jar");
    jar("say.jar", "say", "1.0.0");
    versions.refuses =
        file -> {
          libraries.calls.add("deploy " + file.getFileName());
          return false;
        };
    versions.refusal = NotDeployed.refused("it cannot be installed");
    look();
    assertThat(libraries.calls).containsExactly("offer a.jar", "restore lib.jar", "deploy say.jar");
    assertThat(reason("lib.jar")).startsWith("it is no jar");
  }

  @Test
  void whatBreaksLaterIsNotRestored() throws IOException {
    look();
    garbage("lib.jar");
    look();
    assertThat(libraries.calls).isEmpty();
  }

  /** It was replaced after the look had found it, as by somebody who deploys two in a row. */
  @Test
  void aFileThatIsReplacedWhileItIsTriedIsNotRefused() throws IOException {
    look();
    jar("say.jar", "say", "1.0.0");
    versions.refusal = new NotDeployed("it has changed while it was read", Retry.SOON);
    versions.refuses =
        file -> {
          try {
            Path next = Jars.service(home.resolve("next.jar"), "say", "2.0.0");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
          return true;
        };
    assertThat(look()).containsExactly("deploy say 1.0.0 as say.jar");
    assertThat(reason("say.jar")).isEmpty();
    assertThat(remarks).isEmpty();
    versions.refusal = null;
    assertThat(look()).containsExactly("deploy say 2.0.0 as say.jar");
    assertThat(lookTwice()).isEmpty();
  }

  @Test
  void aSpareIsFoundByItsContent() throws IOException {
    Path first = jar("say-1.jar", "say", "1.0.0");
    look();
    jar("say-2.jar", "say", "2.0.0");
    look();
    ServiceJar spare = ServiceJar.read(first);
    assertThat(shelf.content(spare.digest())).contains(spare);
    assertThat(shelf.content("0".repeat(64))).isEmpty();
  }

  /** Libraries that are installed at once. */
  private static final class FakeLibraries implements SharedBundles {
    private final List<String> calls = new ArrayList<>();
    private final Map<Path, String> files = new HashMap<>();

    /** Why none of them can be taken away; empty if each can. */
    private String uses = "";

    @Override
    public void offer(ServiceJar jar, Path file, BiConsumer<ServiceJar, NotDeployed> told) {
      calls.add("offer " + file.getFileName());
      files.put(file, jar.digest());
      told.accept(jar, null);
    }

    @Override
    public void restore(Collection<Path> damaged) {
      damaged.forEach(file -> calls.add("restore " + file.getFileName()));
    }

    @Override
    public Optional<Path> file(String digest) {
      return files.keySet().stream().filter(file -> files.get(file).equals(digest)).findFirst();
    }

    @Override
    public void renamed(Path file, Path name) {
      calls.add("rename " + file.getFileName() + " " + name.getFileName());
      files.put(name, files.remove(file));
    }

    /** What is thrown when one is to be uninstalled; null for nothing. */
    private RuntimeException trouble;

    @Override
    public Optional<String> departed(Path file) {
      if (trouble != null && uses.isEmpty() && files.containsKey(file)) {
        calls.add("uninstall in vain");
        throw trouble;
      }
      if (files.containsKey(file) && !uses.isEmpty()) {
        return Optional.of(uses);
      }
      files.remove(file);
      return Optional.empty();
    }
  }
}
