package slipway.examples.members;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.account.AccountName;
import slipway.testkit.MemoryAccounts;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class MembersServiceTest {

  private final MemoryAccounts accounts = new MemoryAccounts();
  private final MembersService service = new MembersService(accounts);

  MembersServiceTest() {
    accounts.add(service);
  }

  private static String answer(TestHost host, String password) {
    return host.connect().send("ann\n" + password + "\n").readUntil("\n");
  }

  @Test
  void theFirstOneGetsTheNameAndOthersNeedItsPassword() {
    try (TestHost host = new TestHost("members", service)) {
      assertThat(answer(host, "secret")).isEqualTo("Welcome, ann\n");
      assertThat(answer(host, "secret")).isEqualTo("Hello again, ann\n");
      assertThat(answer(host, "another")).isEqualTo("Wrong password\n");
    }
  }

  @Test
  void aUserThatIsRemovedIsThrownOut() {
    try (TestHost host = new TestHost("members", service)) {
      TestConnection client = host.connect();
      client.send("ann\nsecret\n").readUntil("\n");
      accounts.remove(AccountName.of("ann"));
      assertThat(client.awaitClosed()).isEmpty();
    }
  }

  @Test
  void usersThatAreAwayAreTold() {
    accounts.away("it is repaired");
    try (TestHost host = new TestHost("members", service)) {
      assertThat(answer(host, "secret"))
          .isEqualTo("the database of users is away, try again later\n");
    }
  }
}
