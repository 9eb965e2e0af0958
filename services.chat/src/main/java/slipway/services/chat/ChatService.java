package slipway.services.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import slipway.admin.ChatAdmin;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.data.Database;
import slipway.data.DatabaseAway;
import slipway.data.Schema;
import slipway.net.ControlThread;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.services.chat.door.Doors;
import slipway.services.chat.door.Strangers;
import slipway.services.chat.hall.Hall;
import slipway.services.chat.hall.Peers;
import slipway.services.chat.hall.RollCall;
import slipway.services.chat.hall.RoomNames;
import slipway.services.chat.session.Chat;
import slipway.services.chat.session.ChatSettings;
import slipway.services.chat.session.SessionHandler;
import slipway.services.chat.store.Archive;
import slipway.services.chat.store.Cause;
import slipway.services.chat.store.Delivery;
import slipway.services.chat.store.Journal;
import slipway.services.chat.store.Message;
import slipway.services.chat.store.Retention;
import slipway.services.chat.text.Goodbye;

/** Rooms in which users talk. */
@Component(
    service = {Service.class, AccountListener.class},
    configurationPid = ChatConfig.PID)
@ServiceName("chat")
@Designate(ocd = ChatConfig.class)
public final class ChatService implements PipelineService, AccountListener {

  private static final Logger LOG = LoggerFactory.getLogger(ChatService.class);

  /** Property of the service by which versions of the chat find each other. */
  private static final String PEER = "slipway.chat.peer";

  private static final Duration RETENTION_PERIOD = Duration.ofHours(1);

  /** How often a journal that has failed looks whether something was stored all the same. */
  private static final long LOOK_SECONDS = 2;

  /** How often those who came and went too fast are told of together. */
  private static final long COMINGS_SECONDS = 5;

  /** A host ends in ten seconds at most. */
  private static final long LAST_MESSAGES_SECONDS = 4;

  /**
   * Outlives the service, which stops with its last client: who comes alone would begin anew with
   * each connection.
   */
  private static final Doors DOORS = new Doors(System::nanoTime);

  private final Schema schema;
  private final ScheduledExecutorService thread;
  private final Peers peers = new Peers();
  private final Journal journal;
  private final Retention retention;
  private final Hall hall;
  private final Chat chat;
  private final RollCall rollCall;
  private final ServiceRegistration<?> peer;
  private final ServiceRegistration<ChatAdmin> admin;
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
        new ControlThread("slipway-chat"), // which begins with its first task
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
    settings = ChatSettings.of(Settings.of(ChatConfig.class, properties));
    this.thread = thread;
    schema = database.schema("chat", ChatService.class.getClassLoader());
    journal = new Journal(schema, thread, clock, new ToTheHall());
    hall = new Hall(peers, nanos, () -> settings.slowLimit(), journal::delivered, journal::look);
    Archive archive = new Archive(schema, clock);
    chat =
        new Chat(
            () -> settings,
            accounts,
            hall,
            journal,
            archive,
            DOORS,
            new Strangers(nanos),
            new RoomNames(accounts, archive, hall),
            clock);
    rollCall = new RollCall(accounts, hall.users(), clock);
    retention = new Retention(schema, clock);
    thread.scheduleWithFixedDelay(this::retain, 1, RETENTION_PERIOD.toMinutes(), TimeUnit.MINUTES);
    thread.scheduleWithFixedDelay(journal::retry, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    thread.scheduleWithFixedDelay(rollCall::retry, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    thread.scheduleWithFixedDelay(
        hall::tellComings, COMINGS_SECONDS, COMINGS_SECONDS, TimeUnit.SECONDS);
    journal.open(); // whoever comes first finds it done
    peer =
        context.registerService(
            Function.class, hall.peer(), new Hashtable<>(Map.of(PEER, hall.id())));
    admin = context.registerService(ChatAdmin.class, new HostChatAdmin(chat), null);
  }

  /** A configuration that is refused changes nothing: the last good one goes on. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      ChatSettings before = settings;
      settings = ChatSettings.of(Settings.of(ChatConfig.class, properties));
      if (!before.historyAge().equals(settings.historyAge())
          || before.historyCount() != settings.historyCount()) {
        thread.execute(this::retain);
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
    if (other != hall.peer()) {
      peers.add(other);
    }
  }

  void removePeer(Function<Map<String, Object>, Object> other) {
    peers.remove(other);
  }

  @Deactivate
  void deactivate() {
    admin.unregister();
    hall.tellComings();
    deliverTheLast();
    peer.unregister();
    thread.shutdown();
    schema.close();
  }

  /** Whoever has left at once may have messages under way, which users of a new version await. */
  private void deliverTheLast() {
    try {
      journal.idle().toCompletableFuture().get(LAST_MESSAGES_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      LOG.warn("chat: the last messages are not known to be stored: {}", late.toString());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is stored goes to those who are in, and other versions are told to look. */
  private final class ToTheHall implements Delivery {

    @Override
    public void deliver(List<Message> messages) {
      hall.deliver(messages);
    }

    @Override
    public void leftOut(long count, long before) {
      hall.leftOut(count, before);
    }

    @Override
    public void restart(long last) {
      hall.restart(last);
      rollCall.begin();
    }
  }

  private void retain() {
    ChatSettings now = settings;
    retention
        .run(now.historyAge(), now.historyCount())
        .whenComplete(
            (removed, failure) -> {
              if (failure != null) {
                tellNotRemoved(Cause.of(failure));
              } else if (removed > 0) {
                LOG.info("chat: old messages removed: {}", removed);
              }
            });
  }

  private static void tellNotRemoved(Throwable failure) {
    if (failure instanceof DatabaseAway) { // which says all: where it failed says nothing more
      LOG.warn("chat: old messages could not be removed: {}", failure.getMessage());
    } else {
      LOG.warn("chat: old messages could not be removed", failure);
    }
  }

  // ---- connections ---------------------------------------------------------------------------

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    SessionHandler.describe(chat, connection, handed, handlers);
  }

  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    return connection.channel().pipeline().get(SessionHandler.class).giveUp();
  }

  // ---- accounts ------------------------------------------------------------------------------

  @Override
  public void removed(Account account) {
    hall.users().end(account.id(), Goodbye.REMOVED);
  }

  @Override
  public void passwordChanged(Account account, Origin by) {
    hall.users().passwordChanged(account.id(), by::isConnection);
  }

  @Override
  public void addressBanned(AddressBan ban) {
    hall.users().end(ban.network(), Goodbye.banned(ban));
  }

  @Override
  public void changed(Account account) {
    hall.users().changed(account);
    account
        .banAt(chat.clock().instant())
        .ifPresent(ban -> hall.users().end(account.id(), Goodbye.banned(ban)));
  }
}
