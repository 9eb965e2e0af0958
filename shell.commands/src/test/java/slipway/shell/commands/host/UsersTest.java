package slipway.shell.commands.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Network;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.command.Caller;
import slipway.command.CommandException;
import slipway.testkit.MemoryAccounts;

class UsersTest {

  private static final Origin ORIGIN = Origin.of(new InetSocketAddress("192.0.2.7", 1234));

  @TempDir Path folder;

  private final Shell shell = new Shell();
  private final MemoryAccounts accounts = shell.accounts;
  private final Person person = new Person();

  @AfterEach
  void close() {
    shell.close();
  }

  private void answering(String... secrets) {
    person.secrets.addAll(Arrays.asList(secrets));
    shell.session.put(Caller.VARIABLE, person);
  }

  private void add(String name, Role role) {
    accounts.add(AccountName.of(name), "a secret".getBytes(UTF_8), role);
  }

  private List<Account> all() {
    return accounts.list().toCompletableFuture().join();
  }

  private Optional<Ban> banOf(String name) {
    return accounts
        .find(AccountName.of(name))
        .toCompletableFuture()
        .join()
        .flatMap(account -> account.ban());
  }

  private LogIn logIn(String name, String password) {
    return accounts
        .logIn(AccountName.of(name), password.getBytes(UTF_8), false, ORIGIN)
        .toCompletableFuture()
        .join();
  }

  private void assertPassword(String name, String password) {
    assertThat(logIn(name, password)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void aUserIsAddedWithAPasswordThatIsAskedTwice() throws Exception {
    answering("grüße und so", "grüße und so");
    assertThat(shell.run("users add Ann --role operator"))
        .startsWith("Name  ID  Role      Since")
        .contains("Ann    1  OPERATOR");
    assertThat(person.questions).containsExactly("New password of Ann:", "The same again:");
    assertPassword("ann", "grüße und so");
  }

  @Test
  void twoPasswordsThatDifferChangeNothing() {
    answering("one password", "another one");
    assertRefused("users add ann", "users add: the two passwords differ; nothing was changed");
    assertThat(all()).isEmpty();
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
    assertPassword("ann", "from a pipe");
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
    assertPassword("ann", " in a file ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--password-file secret", "--password-file=../DIR/secret"})
  void aRelativePasswordFileCountsFromWhereTheCallerIs(String option) throws Exception {
    Files.writeString(folder.resolve("secret"), "in a file");
    shell.session.put(Caller.DIRECTORY, folder);
    shell.run("users add ann " + option.replace("DIR", folder.getFileName().toString()));
    assertPassword("ann", "in a file");
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
    shell.accountCalls.hold();
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessageNotContaining("hunter22");
    assertThat(shell.accountCalls.waiting()).as("what was asked of the accounts").isZero();
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

  @Test
  void anAddressIsBannedListedAndLetInAgain() throws Exception {
    assertThat(shell.run("users ban 192.0.2.7/24 2h too much noise"))
        .startsWith("Address")
        .contains("192.0.2.0/24", "console  too much noise");
    shell.run("users ban 2001:db8::7 1d");
    assertThat(shell.run("users bans").lines()).hasSize(3);
    assertThat(shell.run("users bans --json")).contains("\"address\":\"2001:db8::/64\"");
    assertThat(shell.run("users unban 192.0.2.0/24")).isEqualTo("192.0.2.0/24 may log in again\n");
    assertRefused(
        "users unban 192.0.2.0/24", "users unban: 192.0.2.0/24 is not banned; see: users bans");
    assertThatThrownBy(() -> shell.run("users ban 0.0.0.0/0 1h"))
        .hasMessageContaining("allowed is a user's name");
  }

  @Test
  void aUserIsBannedWithTheAddress() throws Exception {
    add("ann", Role.USER);
    assertRefused(
        "users ban --address ann 2h",
        "users ban: ann is banned, but not an address: it is not known from which one this user"
            + " last logged in");
    accounts.unban(AccountName.of("ann"));
    logIn("ann", "a secret");
    assertThat(shell.run("users ban --address ann 2h spam")).contains("192.0.2.7", "ann");
    assertThat(accounts.addressBans().toCompletableFuture().join())
        .extracting(AddressBan::network)
        .containsExactly(Network.parse("192.0.2.7"));
    assertThat(banOf("ann")).isPresent();
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
    Ban ban = banOf("ann").orElseThrow();
    assertThat(ban.until()).isBetween(before.plusSeconds(7200), Instant.now().plusSeconds(7200));
    assertThat(ban.by()).isEqualTo("console");
    shell.run("users unban ann");
    assertThat(banOf("ann")).isEmpty();
    shell.run("users ban ann 999999999d");
    assertRefused(
        "users ban ann 0",
        "users ban: DURATION 0: allowed is more than 0; to end a ban: users unban");
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
    assertThat(all()).isEmpty();
  }

  @Test
  void clearingAsksWhoeverCanBeAsked() throws Exception {
    add("ann", Role.USER);
    shell.session.put(Caller.VARIABLE, person);
    person.answers.add("no");
    assertThat(shell.run("users clear")).isEmpty();
    assertThat(all()).hasSize(1);
    person.answers.add(" Y ");
    assertThat(shell.run("users clear")).isEqualTo("removed 1 user\n");
    assertThat(person.questions).containsOnly("users clear would remove 1 user. Do it? [y/N]");
  }

  @Test
  void aDatabaseThatIsAwayIsSaidWithItsReason() {
    accounts.away("the database jdbc:mariadb://db/slipway is away: nobody listens");
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
        "users | users: a verb is missing; allowed are add, ban, bans, clear, ls, passwd, rm,"
            + " role, unban; see: users --help"
      })
  void aWrongArgumentIsToldWhatIsAllowed(String line, String message) {
    assertRefused(line, message);
  }

  private void assertRefused(String line, String message) {
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
  }
}
