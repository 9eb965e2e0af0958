package slipway.services.world;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import slipway.account.Account;
import slipway.account.AccountListener;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.packet.PacketSettings;
import slipway.profile.Sections;
import slipway.server.world.WorldTester;
import slipway.testkit.MemoryAccounts;
import slipway.testkit.MemoryDatabase;

/** The game in a host of the test, in which each world is saved and loaded after each frame. */
final class TestGame implements AutoCloseable {

  static final String PASSWORD = "secret";

  final MemoryAccounts accounts = new MemoryAccounts();
  final MemoryDatabase database = new MemoryDatabase();
  final WorldTester tester;
  private final Map<Long, String> names = new HashMap<>();
  private GameService newest;

  TestGame() {
    this(PacketSettings.usual());
  }

  TestGame(PacketSettings settings) {
    tester = new WorldTester(GameService.NAME, settings);
    tester.open(version());
    accounts.add(new Newest());
  }

  /** A version of the game. */
  GameService version() {
    newest = new GameService(tester.packets(), tester.worlds(), accounts, database, Sections.NONE);
    return newest;
  }

  /** The newest version hears of accounts, as one that is active does in the host. */
  private final class Newest implements AccountListener {
    @Override
    public void removed(Account account) {
      newest.removed(account);
    }

    @Override
    public void changed(Account account) {
      newest.changed(account);
    }

    @Override
    public void passwordChanged(Account account, Origin by) {
      newest.passwordChanged(account, by);
    }

    @Override
    public void addressBanned(AddressBan ban) {
      newest.addressBanned(ban);
    }
  }

  // ---- players ---------------------------------------------------------------------------------

  /** A client that has not logged in. */
  TestPlayer client() {
    return new TestPlayer(tester.connect(), names);
  }

  /** There is an account from now on, and its player was somewhere when it left last. */
  void account(String name, String zone, int x, int y) throws Exception {
    long id =
        accounts
            .add(AccountName.of(name), PASSWORD.getBytes(), Role.USER)
            .toCompletableFuture()
            .get()
            .id();
    new Places(database.schema(GameService.NAME, GameService.class.getClassLoader()))
        .keep(id, new Place(zone, x, y));
  }

  /** A new player that is at a place of a zone, and has looked at nothing yet. */
  TestPlayer player(String name, String zone, int x, int y) throws Exception {
    account(name, zone, x, y);
    TestPlayer player = client().logsIn(name, PASSWORD);
    frames(3);
    return player;
  }

  // ---- time ------------------------------------------------------------------------------------

  void frame() {
    tester.frame();
    tester.checkSaves();
  }

  void frames(int count) {
    for (int left = count; left > 0; left--) {
      frame();
    }
  }

  @Override
  public void close() throws SQLException {
    tester.close();
    database.close();
  }
}
