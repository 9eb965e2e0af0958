package slipway.shell.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Role;
import slipway.admin.AdminException;
import slipway.admin.Caller;

class UsersTest {

  @TempDir Path folder;

  private final Shell shell = new Shell();
  private final FakeAccounts accounts = shell.accounts;
  private final Person person = new Person();

  @AfterEach
  void close() {
    shell.close();
  }

  /** Answers with what a test has prepared. */
  private static final class Person implements Caller {
    final Deque<String> secrets = new ArrayDeque<>();
    final Deque<String> lines = new ArrayDeque<>();
    final List<String> questions = new ArrayList<>();

    @Override
    public Optional<String> secret(String question) {
      questions.add(question);
      return Optional.ofNullable(secrets.poll());
    }

    @Override
    public Optional<String> line() {
      return Optional.ofNullable(lines.poll());
    }
  }

  private void answering(String... secrets) {
    person.secrets.addAll(Arrays.asList(secrets));
    shell.session.put(Caller.VARIABLE, person);
  }

  private void add(String name, Role role) {
    accounts.add(AccountName.of(name), new byte[0], role);
  }

  @Test
  void aUserIsAddedWithAPasswordThatIsAskedTwice() throws Exception {
    answering("grüße und so", "grüße und so");
    assertThat(shell.run("users add Ann --role operator"))
        .startsWith("Name  ID  Role      Since")
        .contains("Ann    1  OPERATOR");
    assertThat(person.questions).containsExactly("New password of Ann:", "The same again:");
    assertThat(accounts.passwords).containsExactly("grüße und so");
  }

  @Test
  void twoPasswordsThatDifferChangeNothing() {
    answering("one password", "another one");
    assertRefused("users add ann", "users add: the two passwords differ; nothing has changed");
    assertThat(accounts.all).isEmpty();
  }

  @Test
  void whereNobodyCanBeAskedTheOtherWaysAreNamed() {
    String why =
        "users add: nobody here can be asked for the password; allowed are --password-file FILE"
            + " and --password-stdin";
    assertRefused("users add ann", why);
    answering();
    assertRefused("users add ann", why);
  }

  @Test
  void aPasswordComesFromStandardInput() throws Exception {
    answering();
    person.lines.add("from a pipe");
    shell.run("users add ann --password-stdin");
    assertThat(accounts.passwords).containsExactly("from a pipe");
    assertRefused(
        "users passwd ann --password-stdin", "users passwd: there is no line on standard input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void aPasswordComesFromAFileWithoutItsLineEnd(String end) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), " in a file " + end);
    add("ann", Role.USER);
    assertThat(shell.run("users passwd Ann --password-file '" + file + "'"))
        .isEqualTo("the password of ann is set\n");
    assertThat(accounts.passwords).endsWith(" in a file ");
  }

  @Test
  void aFileThatCannotBeAPasswordIsRefused() throws Exception {
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(1025));
    assertRefused(
        "users add ann --password-file " + large,
        "users add: --password-file " + large + " has more than 1024 bytes");
    assertRefused(
        "users add ann --password-file " + folder.resolve("none"),
        "users add: --password-file " + folder.resolve("none") + " cannot be read: there is none");
    assertRefused(
        "users add ann --password-stdin --password-file " + large,
        "users add: allowed is one of --password-file and --password-stdin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users add ann hunter22",
        "users passwd ann hunter22",
        "users add ann --password=hunter22",
        "users add ann --password hunter22"
      })
  void aPasswordOnTheCommandLineIsRefusedAndNotRepeated(String line) {
    answering("unused", "unused");
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(AdminException.class)
        .hasMessageNotContaining("hunter22");
    assertThat(accounts.passwords).isEmpty();
  }

  @Test
  void usersAreListedWithTheBansThatHold() throws Exception {
    add("ann", Role.USER);
    add("Bob", Role.OPERATOR);
    add("carl", Role.USER);
    ban("ann", Duration.ofDays(1), "spam");
    ban("carl", Duration.ofDays(-1), "long ago");
    assertThat(shell.run("users ls").lines().map(line -> line.split(" ")[0]))
        .containsExactly("Name", "ann", "Bob", "carl");
    assertThat(shell.run("users ls")).contains("bob2  spam").doesNotContain("long ago");
    assertThat(shell.run("users ls --role OPERATOR").lines()).hasSize(2);
    assertThat(shell.run("users ls --banned").lines()).hasSize(2).last().asString().contains("ann");
    JsonObject ann =
        JsonParser.parseString(shell.run("users ls --banned --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(ann.get("name").getAsString()).isEqualTo("ann");
    assertThat(ann.get("reason").getAsString()).isEqualTo("spam");
    assertThat(ann.has("seen")).isFalse();
  }

  private void ban(String name, Duration duration, String reason) {
    accounts.ban(AccountName.of(name), new Ban(Instant.now().plus(duration), reason, "bob2"));
  }

  @Test
  void aRoleIsSet() throws Exception {
    add("ann", Role.USER);
    assertThat(shell.run("users role ANN operator")).contains("ann    1  OPERATOR");
  }

  @Test
  void aBanHasADurationAndAReasonOfSeveralWords() throws Exception {
    add("ann", Role.USER);
    Instant before = Instant.now();
    assertThat(shell.run("users ban ann 2h too much noise")).contains("console  too much noise");
    Ban ban = accounts.all.get(AccountName.of("ann")).ban().orElseThrow();
    assertThat(ban.until()).isBetween(before.plusSeconds(7200), Instant.now().plusSeconds(7200));
    assertThat(ban.by()).isEqualTo("console");
    shell.run("users unban ann");
    assertThat(accounts.all.get(AccountName.of("ann")).ban()).isEmpty();
    shell.run("users ban ann 999999999d");
    assertRefused(
        "users ban ann 0",
        "users ban: DURATION 0: allowed is more than 0; a ban is ended by users unban");
  }

  @Test
  void aUserIsRemoved() throws Exception {
    add("ann", Role.USER);
    assertThat(shell.run("users rm ANN")).isEqualTo("removed ann\n");
    assertRefused("users rm ann", "users rm: there is no user ann");
  }

  @Test
  void clearingAsksToBeConfirmed() throws Exception {
    add("ann", Role.USER);
    assertRefused("users clear", "users clear would remove 1 user; to confirm: users clear --yes");
    add("bob", Role.USER);
    assertRefused("users clear", "users clear would remove 2 users; to confirm: users clear --yes");
    assertThat(shell.run("users clear --yes")).isEqualTo("removed 2 users\n");
    assertThat(accounts.all).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsSaidWithItsReason() {
    accounts.away = "the database jdbc:mariadb://db/slipway is away: nobody listens";
    assertRefused(
        "users ls", "users ls: the database jdbc:mariadb://db/slipway is away: nobody listens");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users add a.b | users add: USER a.b: allowed are 1 to 32 letters and digits of any"
            + " script, _ and -; see: users add --help",
        "users role ann king | users role: ROLE king: allowed are USER, OPERATOR; see: users role"
            + " --help",
        "users add | users add: USER is missing; allowed is users add USER; see: users add --help",
        "users | users: a verb is missing; allowed are add, ban, clear, ls, passwd, rm, role,"
            + " unban; see: users --help"
      })
  void aWrongArgumentIsToldWhatIsAllowed(String line, String message) {
    assertRefused(line, message);
  }

  private void assertRefused(String line, String message) {
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(AdminException.class)
        .hasMessage(message);
  }
}
