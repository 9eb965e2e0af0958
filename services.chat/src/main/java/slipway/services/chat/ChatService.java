package slipway.services.chat;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
import slipway.account.Accounts;
import slipway.account.AddressBan;
import slipway.account.Origin;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.data.Database;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.services.chat.hall.AccountChanges;
import slipway.services.chat.hall.Hall;
import slipway.services.chat.session.Chat;
import slipway.services.chat.session.ChatSettings;
import slipway.services.chat.session.SessionHandler;
import slipway.thread.ControlThread;

/** Rooms in which users talk. */
@Component(
    service = {Service.class, AccountListener.class, ChatService.class},
    configurationPid = ChatConfig.PID)
@ServiceName("chat")
@Designate(ocd = ChatConfig.class)
public final class ChatService implements PipelineService, AccountListener {

  private static final Logger LOG = LoggerFactory.getLogger(ChatService.class);

  /** Property of the service by which versions of the chat find each other. */
  private static final String PEER = "slipway.chat.peer";

  private final BundleContext context;
  private final Assembly parts;
  private final AccountListener changes;
  private ServiceRegistration<?> peer;
  private volatile ChatSettings settings;

  /** For Declarative Services. */
  @Activate
  public ChatService(
      BundleContext context,
      @Reference Database database,
      @Reference Accounts accounts,
      Map<String, Object> properties)
      throws InvalidConfiguration {
    this(
        context,
        database,
        accounts,
        properties,
        ControlThread.named("slipway-chat"), // which begins with its first task
        Clock.systemUTC(),
        System::nanoTime);
  }

  /**
   * For tests.
   *
   * @param thread does one thing after the other
   * @param nanos the time in nanoseconds, from the same origin for all versions
   */
  ChatService(
      BundleContext context,
      Database database,
      Accounts accounts,
      Map<String, Object> properties,
      ScheduledExecutorService thread,
      InstantSource clock,
      LongSupplier nanos)
      throws InvalidConfiguration {
    this.context = context;
    settings = ChatSettings.of(Settings.of(ChatConfig.class, properties));
    parts = new Assembly(database, accounts, () -> settings, thread, clock, nanos);
    changes = new AccountChanges(parts.hall().users(), clock);
  }

  /** Begins, once other versions that are there are known. */
  @Activate
  void activate() {
    parts.start();
    Hall hall = parts.hall();
    peer =
        context.registerService(
            Function.class, hall.peer(), new Hashtable<>(Map.of(PEER, hall.id())));
  }

  /** What its command works on. */
  public Chat chat() {
    return parts.chat();
  }

  /** A configuration that is refused changes nothing: the last good one stays in force. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      ChatSettings before = settings;
      settings = ChatSettings.of(Settings.of(ChatConfig.class, properties));
      if (!before.historyAge().equals(settings.historyAge())
          || before.historyCount() != settings.historyCount()) {
        parts.retainNow();
      }
    } catch (InvalidConfiguration refused) {
      LOG.error("chat: refused: {}", refused.getMessage());
    }
  }

  @Reference(
      target = "(" + PEER + "=*)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addPeer(Function<Map<String, Object>, Object> other) {
    if (other != parts.hall().peer()) {
      parts.peers().add(other);
    }
  }

  void removePeer(Function<Map<String, Object>, Object> other) {
    parts.peers().remove(other);
  }

  @Deactivate
  void deactivate() {
    parts.deliverTheLast();
    peer.unregister();
    parts.stop();
  }

  // ---- connections ---------------------------------------------------------------------------

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    SessionHandler.describe(parts.chat(), connection, handed, handlers);
  }

  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    return connection.channel().pipeline().get(SessionHandler.class).giveUp();
  }

  // ---- accounts ------------------------------------------------------------------------------

  @Override
  public void removed(Account account) {
    changes.removed(account);
  }

  @Override
  public void passwordChanged(Account account, Origin by) {
    changes.passwordChanged(account, by);
  }

  @Override
  public void addressBanned(AddressBan ban) {
    changes.addressBanned(ban);
  }

  @Override
  public void changed(Account account) {
    changes.changed(account);
  }
}
