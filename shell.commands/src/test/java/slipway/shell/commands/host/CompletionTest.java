package slipway.shell.commands.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.account.AccountName;
import slipway.account.Role;
import slipway.testkit.MemoryAccounts;

class CompletionTest {

  private final Shell shell = new Shell();
  private final MemoryAccounts accounts = shell.accounts;

  @AfterEach
  void close() {
    shell.close();
  }

  @BeforeEach
  void addUsers() {
    accounts.add(AccountName.of("Ann"), "a secret".getBytes(UTF_8), Role.USER);
    accounts.add(AccountName.of("bob"), "a secret".getBytes(UTF_8), Role.USER);
  }

  /** In the words {@code _} stands for an empty one. */
  @ParameterizedTest
  @CsvSource({
    "libctl _, history install leaks plan ps rollback state",
    "libctl p, plan ps",
    "libctl rollback e, echo",
    "libctl history _, echo ghost",
    "libctl history echo _, ''",
    "libctl plan sr, src/",
    "libctl install --force pom, ''",
    "libctl install --, --force --help",
    "libctl state --timeout _, ''",
    "libctl state --timeout 5s _, echo ghost",
    "libctl state --timeout=5s e, echo",
    "libctl --, --help",
    "libctl ps -, --help --json",
    "libctl ps _, ''",
    "libctl state _, echo ghost",
    "libctl state e, echo",
    "libctl state echo _, LOADED LOCKED WAITLOCKED FIXED 0 1 2 3",
    "libctl state echo lo, LOADED LOCKED",
    "libctl state echo 3 _, ''",
    "acserv state _, 2000 main admin",
    "acserv state 2000 s, START STOP",
    "acserv st, start state stop",
    "statistics --j, --json",
    "connections close _, 7 8",
    "pause _, 2000 main admin",
    "resume 2, 2000",
    "logs _, clear level show",
    "logs show --level W, WARN",
    "logs show --since _, ''",
    "logs level _, ROOT slipway",
    "logs level ROOT d, DEBUG default",
    "users _, add ban bans clear ls passwd rm role unban",
    "users rm _, Ann bob",
    "users role a, Ann",
    "users role ann _, USER OPERATOR",
    "users ls --role o, OPERATOR",
    "users add x --, --help --password-file --password-stdin --role",
    "wait --, --help --timeout",
    "help s, shutdown start statistics stop",
    "nothing _, ''",
  })
  void completes(String words, String candidates) {
    List<String> typed =
        Arrays.stream(words.split(" ")).map(word -> word.replace("_", "")).toList();
    List<String> expected = candidates.isEmpty() ? List.of() : List.of(candidates.split(" "));
    assertThat(shell.desk.candidates(typed)).containsExactlyElementsOf(expected);
  }

  @Test
  void an_absent_host_completes_nothing() {
    List.of(
            new LibctlCommand(null, null, null),
            new AcservCommand(null),
            new ConnectionsCommand(null),
            new PauseCommand(null),
            new UsersCommand(null),
            new LogsCommand(null))
        .forEach(shell::bring);
    for (String words :
        List.of(
            "libctl state _",
            "acserv state _",
            "connections close _",
            "pause _",
            "users rm _",
            "logs level _")) {
      List<String> typed =
          Arrays.stream(words.split(" ")).map(word -> word.replace("_", "")).toList();
      assertThat(shell.desk.candidates(typed)).as(words).isEmpty();
    }
  }
}
