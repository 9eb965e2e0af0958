package slipway.services.chat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.Accounts;
import slipway.data.Database;
import slipway.data.DatabaseAway;
import slipway.data.Schema;
import slipway.services.chat.door.Doors;
import slipway.services.chat.door.Strangers;
import slipway.services.chat.hall.Hall;
import slipway.services.chat.hall.Peers;
import slipway.services.chat.hall.RollCall;
import slipway.services.chat.hall.RoomNames;
import slipway.services.chat.session.Chat;
import slipway.services.chat.session.ChatSettings;
import slipway.services.chat.store.Archive;
import slipway.services.chat.store.Cause;
import slipway.services.chat.store.Delivery;
import slipway.services.chat.store.Journal;
import slipway.services.chat.store.Message;
import slipway.services.chat.store.Retention;

/**
 * The parts of one version of the chat, and which knows which. What has to be done again and again
 * is done in one thread, which is the journal's as well.
 */
final class Assembly {

  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  private static final Duration RETENTION_PERIOD = Duration.ofHours(1);

  /** How often a journal that has failed looks whether something was stored nevertheless. */
  private static final long LOOK_SECONDS = 2;

  /** How often the users who came and went too fast are announced together. */
  private static final long COMINGS_SECONDS = 5;

  /** A host ends in ten seconds at most. */
  private static final long LAST_MESSAGES_SECONDS = 4;

  /**
   * Outlives the service, which stops with its last client: a client that comes alone would start
   * with a clean record at each connection.
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

  /**
   * Makes the parts; none of them does anything yet.
   *
   * @param settings as they are configured now
   * @param thread does one thing after the other; it is shut down by {@link #stop}
   * @param nanos the time in nanoseconds, from the same origin for all versions
   */
  Assembly(
      Database database,
      Accounts accounts,
      Supplier<ChatSettings> settings,
      ScheduledExecutorService thread,
      InstantSource clock,
      LongSupplier nanos) {
    this.thread = thread;
    schema = database.schema("chat", Assembly.class.getClassLoader());
    journal = new Journal(schema, thread, clock, new ToTheHall());
    hall =
        new Hall(peers, nanos, () -> settings.get().slowLimit(), journal::delivered, journal::look);
    Archive archive = new Archive(schema, clock);
    chat =
        new Chat(
            settings,
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
  }

  Chat chat() {
    return chat;
  }

  Hall hall() {
    return hall;
  }

  /** Other versions, as they come and go. */
  Peers peers() {
    return peers;
  }

  /** Begins what is done again and again. */
  void start() {
    thread.scheduleWithFixedDelay(this::retain, 1, RETENTION_PERIOD.toMinutes(), TimeUnit.MINUTES);
    thread.scheduleWithFixedDelay(journal::retry, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    thread.scheduleWithFixedDelay(rollCall::retry, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    thread.scheduleWithFixedDelay(
        hall::tellComings, COMINGS_SECONDS, COMINGS_SECONDS, TimeUnit.SECONDS);
    journal.open(); // the first client finds it done
  }

  /** Tells and hands on what is under way; other versions still hear of it. For some seconds. */
  void deliverTheLast() {
    hall.tellComings();
    awaitJournal();
  }

  /** Ends it, once other versions do not know it any more. */
  void stop() {
    thread.shutdown();
    schema.close();
  }

  /**
   * A user who has left at once may have messages under way, which users of a new version await.
   */
  private void awaitJournal() {
    try {
      journal.idle().toCompletableFuture().get(LAST_MESSAGES_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      LOG.warn("chat: the last messages are not known to be stored: {}", late.toString());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is stored goes to the connected users, and other versions are told to look. */
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

  /** Removes old messages soon, as what is kept has changed. */
  void retainNow() {
    thread.execute(this::retain);
  }

  private void retain() {
    ChatSettings now = chat.settings().get();
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
    if (failure instanceof DatabaseAway) { // its message says everything
      LOG.warn("chat: old messages could not be removed: {}", failure.getMessage());
    } else {
      LOG.warn("chat: old messages could not be removed", failure);
    }
  }
}
