package slipway.services.world;

import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.account.Account;
import slipway.account.AccountListener;
import slipway.account.Accounts;
import slipway.account.AddressBan;
import slipway.account.Origin;
import slipway.data.Database;
import slipway.data.Schema;
import slipway.packet.Packets;
import slipway.profile.Section;
import slipway.profile.Sections;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSpec;
import slipway.world.Worlds;

/** A world to log in, and zones to walk about in. */
@Component(service = {Service.class, AccountListener.class})
@ServiceName(GameService.NAME)
public final class GameService extends WorldService implements AccountListener {

  static final String NAME = "world";

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final int MOST_IN_A_ZONE = 2000;

  private final Schema schema;
  private final Presence presence;
  private final Passwords passwords;
  private final Places places;
  private final Section update;

  /** For Declarative Services. */
  @Activate
  public GameService(
      @Reference Packets packets,
      @Reference Worlds worlds,
      @Reference Accounts accounts,
      @Reference Database database,
      @Reference Sections sections) {
    super(packets, worlds);
    this.schema = database.schema(NAME, GameService.class.getClassLoader());
    this.presence = new Presence(packets.sessions(NAME));
    this.passwords = new Passwords(accounts, presence);
    this.places = new Places(schema);
    this.update = sections.section("update");
  }

  @Deactivate
  void close() {
    schema.close();
  }

  @Override
  public List<WorldSpec> worlds() {
    WorldSpec login = WorldSpec.auth(LoginWorld.NAME).heartbeat(LONGEST_SILENCE);
    Stream<WorldSpec> zones = Zones.NAMES.stream().map(GameService::zone);
    return Stream.concat(Stream.of(login), zones).toList();
  }

  private static WorldSpec zone(String name) {
    return WorldSpec.game(Zones.world(name)).heartbeat(LONGEST_SILENCE).maxSessions(MOST_IN_A_ZONE);
  }

  @Override
  public World create(WorldContext context) {
    return context.name().equals(LoginWorld.NAME)
        ? new LoginWorld(context, passwords, places, presence)
        : new ZoneWorld(context, places, update);
  }

  @Override
  public World load(WorldContext context, DataInput saved) throws IOException {
    return context.name().equals(LoginWorld.NAME)
        ? LoginWorld.load(context, passwords, places, presence, saved)
        : ZoneWorld.load(context, places, update, saved);
  }

  // ---- accounts --------------------------------------------------------------------------------

  @Override
  public void removed(Account account) {
    presence.end(account.id(), Protocol.BAD_NAME, "the user is removed");
  }

  @Override
  public void passwordChanged(Account account, Origin by) {
    presence.end(account.id(), Protocol.WRONG_PASSWORD, "the password has changed");
  }

  @Override
  public void addressBanned(AddressBan banned) {
    presence.end(banned.network(), Protocol.BANNED, Protocol.banned(banned.ban()));
  }

  @Override
  public void changed(Account account) {
    account
        .banAt(Instant.now())
        .map(Protocol::banned)
        .ifPresent(text -> presence.end(account.id(), Protocol.BANNED, text));
  }
}
