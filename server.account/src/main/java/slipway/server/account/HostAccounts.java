package slipway.server.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.Account;
import slipway.account.AccountListener;
import slipway.account.AccountName;
import slipway.account.Accounts;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Look;
import slipway.account.Network;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.admin.AccountAdmin;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.data.Database;
import slipway.data.Schema;
import slipway.server.account.password.Argon2;
import slipway.server.account.password.BouncyArgon2;
import slipway.server.account.password.Hashing;
import slipway.server.account.password.PasswordRules;
import slipway.server.account.password.Secret;
import slipway.thread.ControlThread;

/**
 * The accounts, in the host's database.
 *
 * <p>One thread of their own decides everything: each call is a task there, what the table and the
 * hashing have to say comes back there, and listeners and answers go out from there. So a caller
 * that has logged in knows it before listeners hear of a later change.
 */
@Component(
    service = {Accounts.class, AccountAdmin.class},
    immediate = true,
    configurationPid = AccountConfig.PID)
@Designate(ocd = AccountConfig.class)
public final class HostAccounts implements AccountAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(HostAccounts.class);

  private static final String SCHEMA = "account";

  private final BundleContext context;
  private final Schema schema;
  private final Hashing hashing;
  private final Store store;
  private final Entry entry;
  private final AccessLog log;
  private final NewNames names;
  private final Edits edits;
  private final OperatorPasswords passwords;
  private final AddressBans bans;
  private final ScheduledExecutorService thread = ControlThread.named("slipway-accounts");
  private final Calls open = new Calls();
  private final CallThread calls = new CallThread(thread, open, () -> this.settings.addressQueue());
  private final Listeners listeners = new Listeners();
  private volatile AccountSettings settings;

  /** For Declarative Services. */
  @Activate
  public HostAccounts(
      BundleContext context,
      @Reference Database database,
      @Reference LogInMeter meter,
      Map<String, Object> properties) {
    this(
        context,
        new LazySchema(() -> database.schema(SCHEMA, HostAccounts.class.getClassLoader())),
        BouncyArgon2::new,
        Clock.systemUTC(),
        AccessLog.to(LOG, meter),
        properties);
  }

  HostAccounts(
      BundleContext context,
      Schema schema,
      Supplier<Argon2> argon2,
      Clock clock,
      AccessLog log,
      Map<String, Object> properties) {
    this.log = log;
    this.context = context;
    this.schema = schema;
    this.settings = AccountSettings.defaults();
    this.hashing = new Hashing(argon2, settings.threads());
    this.store = new Store(schema, hashing, thread);
    this.names = new NewNames(store);
    this.edits = new Edits(store, names, listeners);
    this.entry =
        new Entry(
            store,
            names,
            new CostsInUse(store, clock),
            new Registrations(clock),
            log,
            clock,
            new SecureRandom());
    this.passwords = new OperatorPasswords(entry, edits);
    this.bans = new AddressBans(store, listeners, clock);
    thread.scheduleWithFixedDelay(log::flush, 1, 1, TimeUnit.MINUTES);
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one stays in force. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      AccountSettings configured =
          AccountSettings.of(Settings.of(AccountConfig.class, properties), Machine.current());
      settings = configured;
      hashing.resize(configured.threads());
    } catch (InvalidConfiguration refused) {
      LOG.error("{}: refused: {}", AccountConfig.PID, refused.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    thread.shutdownNow();
    open.endAll();
    hashing.end();
    schema.close();
  }

  @Reference(
      service = AccountListener.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addListener(ServiceReference<AccountListener> listener) {
    listeners.add(new ListenerHandle(context, listener));
  }

  void removeListener(ServiceReference<AccountListener> listener) {
    listeners.remove(listener);
  }

  @Override
  public CompletionStage<LogIn> logIn(
      AccountName name, byte[] password, boolean register, Origin origin) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(origin, "origin");
    AccountSettings now = settings;
    Secret secret = Secret.of(password);
    CompletionStage<LogIn> attempt =
        calls.call(
            origin,
            () -> {
              PasswordRules.checkLength(secret);
              return new LogInAttempt(entry, now, name, secret, register, origin).run();
            },
            secret);
    attempt.whenComplete(
        (answer, failure) -> log.attempted(origin, name, answer, CallThread.cause(failure)));
    return attempt;
  }

  @Override
  public CompletionStage<Boolean> changePassword(
      long id, byte[] old, byte[] password, Origin origin) {
    Objects.requireNonNull(origin, "origin");
    AccountSettings now = settings;
    Secret before = Secret.of(old);
    Secret after = Secret.of(password);
    return calls.call(
        origin,
        () -> {
          PasswordRules.checkLength(before);
          return new PasswordChange(entry, now, before, after, origin)
              .run(id)
              .thenApply(
                  changed -> {
                    changed.ifPresent(account -> edits.tellPassword(account, origin));
                    return changed.isPresent();
                  });
        },
        before,
        after);
  }

  @Override
  public CompletionStage<Optional<Account>> find(AccountName name) {
    Objects.requireNonNull(name, "name");
    return calls.call(
        () -> store.read(table -> table.find(name)).thenApply(f -> f.map(StoredAccount::account)));
  }

  @Override
  public CompletionStage<Void> checkName(AccountName name, long except) {
    Objects.requireNonNull(name, "name");
    return calls.call(() -> names.checkFree(name, except));
  }

  @Override
  public CompletionStage<Map<AccountName, Look>> looks(Collection<AccountName> names) {
    Set<AccountName> all = Set.copyOf(names);
    return calls.call(() -> this.names.looks(all));
  }

  @Override
  public CompletionStage<List<Account>> list() {
    return calls.call(() -> store.read(AccountTable::all));
  }

  @Override
  public CompletionStage<Account> add(AccountName name, byte[] password, Role role) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Secret secret = Secret.of(password);
    return calls.call(Origin.HOST, () -> passwords.add(name, secret, role, settings), secret);
  }

  @Override
  public CompletionStage<Account> setPassword(AccountName name, byte[] password) {
    Objects.requireNonNull(name, "name");
    Secret secret = Secret.of(password);
    return calls.call(Origin.HOST, () -> passwords.set(name, secret, settings), secret);
  }

  @Override
  public CompletionStage<Account> setRole(AccountName name, Role role) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    return calls.call(() -> edits.apply(name, (table, account) -> table.setRole(account, role)));
  }

  @Override
  public CompletionStage<Account> ban(AccountName name, Ban ban) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(ban, "ban");
    return calls.call(() -> edits.ban(name, ban));
  }

  @Override
  public CompletionStage<Account> unban(AccountName name) {
    Objects.requireNonNull(name, "name");
    return calls.call(() -> edits.apply(name, AccountTable::unban));
  }

  @Override
  public CompletionStage<AddressBan> ban(Network network, Ban ban) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(ban, "ban");
    return calls.call(() -> bans.ban(network, ban));
  }

  @Override
  public CompletionStage<Boolean> unban(Network network) {
    Objects.requireNonNull(network, "network");
    return calls.call(() -> bans.unban(network));
  }

  @Override
  public CompletionStage<List<AddressBan>> addressBans() {
    return calls.call(bans::all);
  }

  @Override
  public CompletionStage<Optional<Network>> lastNetwork(AccountName name) {
    Objects.requireNonNull(name, "name");
    return calls.call(() -> bans.lastNetwork(name));
  }

  @Override
  public CompletionStage<Account> remove(AccountName name) {
    Objects.requireNonNull(name, "name");
    return calls.call(() -> edits.remove(name));
  }

  @Override
  public CompletionStage<Integer> clear() {
    return calls.call(edits::clear);
  }
}
