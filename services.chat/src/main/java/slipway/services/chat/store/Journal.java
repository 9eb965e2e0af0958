package slipway.services.chat.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.Schema;
import slipway.services.chat.store.Transaction.Outcome;

/**
 * Stores messages in groups, and hands them on in the order of their numbers, each once and only
 * when it is stored.
 *
 * <p>While one group is on its way to the disk, the next one gathers: the more messages there are,
 * the more share a transaction. Two versions of the chat may store at once; each finds what the
 * other has stored before it, and hands that on first.
 *
 * <p>It knows its {@link Position} in the messages of one database. A transaction that meets
 * another database, a lower number, or another message where it stood, begins behind what is there:
 * nothing from before is handed on as new.
 *
 * <p>Methods may be called from any thread. Everything else happens in the journal's thread.
 */
public final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_WAITING = 10_000;

  private final Schema schema;
  private final Executor thread;
  private final InstantSource clock;
  private final Delivery delivery;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Batches<Post> posts = new Batches<>(Post::draft);
  private final List<CompletableFuture<Void>> idlers = new ArrayList<>();
  private CompletableFuture<Long> opening;
  private boolean storing;
  private boolean looking;
  private volatile Position position;

  /** Written by the journal's thread. */
  private volatile long stored;

  /** A message that waits, and who waits for it. */
  private record Post(Draft draft, CompletableFuture<Message> stored) {}

  /**
   * Makes the journal.
   *
   * @param thread one thread, of the journal
   * @param delivery takes stored messages, in the journal's thread
   */
  public Journal(Schema schema, Executor thread, InstantSource clock, Delivery delivery) {
    this.schema = schema;
    this.thread = thread;
    this.clock = clock;
    this.delivery = delivery;
  }

  /**
   * Finds out where the journal stands, unless that is known; before the first use.
   *
   * @return completed in the journal's thread; fails with {@link DatabaseAway}, and may be tried
   *     again then
   */
  public CompletionStage<Long> open() {
    CompletableFuture<Long> opened = new CompletableFuture<>();
    thread.execute(
        () -> {
          if (opening == null || opening.isCompletedExceptionally()) {
            opening = new CompletableFuture<>();
            CompletableFuture<Long> mine = opening;
            schema
                .read((connection, place) -> begin(connection, place).end())
                .whenCompleteAsync((end, failure) -> opened(mine, end, failure), thread);
          }
          opening.whenComplete(
              (last, failure) -> {
                if (failure == null) {
                  opened.complete(last);
                } else {
                  opened.completeExceptionally(failure);
                }
              });
        });
    return opened.minimalCompletionStage();
  }

  private void opened(CompletableFuture<Long> mine, Position end, Throwable failure) {
    if (failure == null) {
      position = end;
      mine.complete(end.last());
      next();
    } else {
      mine.completeExceptionally(failure);
    }
  }

  /**
   * The number up to which all messages have been handed on, or are being so: a member that asks
   * after it has become reachable for the delivery misses nothing after this number. Below zero
   * before the journal is open.
   */
  public long delivered() {
    Position now = position;
    return now == null ? -1 : now.last();
  }

  /** How many messages this version has stored; in any thread. */
  public long stored() {
    return stored;
  }

  /** How many messages wait to be stored; in any thread. */
  public int waiting() {
    return waiting.get();
  }

  /** In which database those messages are; empty before the journal is open. */
  public Optional<DatabaseId> place() {
    return Optional.ofNullable(position).map(Position::place);
  }

  /**
   * Stores a message and hands it on.
   *
   * @return completed in the journal's thread when it has been handed on; fails if it was not
   *     stored, with {@link DatabaseAway} if the database is away and with {@link TooManyWait} if
   *     too many wait. One that was under way when the database went may be found stored later, and
   *     is handed on then.
   */
  public CompletionStage<Message> post(Draft draft) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return CompletableFuture.failedStage(new TooManyWait());
    }
    CompletableFuture<Message> stored = new CompletableFuture<>();
    thread.execute(
        () -> {
          posts.add(new Post(draft, stored));
          next();
        });
    return stored.minimalCompletionStage();
  }

  /** Another version has stored messages: hands them on. */
  public void look() {
    thread.execute(
        () -> {
          looking = true;
          next();
        });
  }

  /**
   * Looks again if it has failed, as what was under way then may be stored, and if the database is
   * another one, or was away and may have come back with other contents.
   */
  public void retry() {
    thread.execute(
        () -> {
          looking |= position != null && !schema.database().equals(Optional.of(position.place()));
          next();
        });
  }

  /** Completed, in the journal's thread, when nothing waits or is under way. */
  public CompletionStage<Void> idle() {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    thread.execute(
        () -> {
          idlers.add(idle);
          next();
          tellIdlers();
        });
    return idle.minimalCompletionStage();
  }

  private void tellIdlers() {
    if (!storing && (posts.isEmpty() || position == null)) {
      idlers.forEach(idle -> idle.complete(null));
      idlers.clear();
    }
  }

  private void next() {
    if (storing || position == null || posts.isEmpty() && !looking) {
      return;
    }
    storing = true;
    looking = false;
    Position known = position;
    List<Post> group = posts.next();
    List<Draft> drafts = group.stream().map(Post::draft).toList();
    CompletionStage<Outcome> stored =
        group.isEmpty()
            ? schema.read((connection, place) -> begin(connection, place).look(known))
            : schema.write(
                (connection, place) -> begin(connection, place).store(known, drafts, clock));
    stored.whenCompleteAsync((done, failure) -> stored(group, done, failure), thread);
  }

  private static Transaction begin(Connection connection, DatabaseId place) {
    return new Transaction(new Messages(connection), place);
  }

  private void stored(List<Post> group, Outcome done, Throwable failure) {
    storing = false;
    if (failure != null) {
      failed(group, failure);
    } else {
      waiting.addAndGet(-group.size());
      stored = stored + group.size();
      hand(done);
      for (int i = 0; i < group.size(); i++) {
        group.get(i).stored().complete(done.own().get(i));
      }
    }
    if (failure == null || !posts.isEmpty()) {
      next();
    }
    tellIdlers();
  }

  private void failed(List<Post> group, Throwable failure) {
    looking = true; // some of it may be stored nevertheless
    if (group.size() > 1 && isRefusal(failure)) {
      posts.halve(group);
      return;
    }
    waiting.addAndGet(-group.size());
    group.forEach(post -> post.stored().completeExceptionally(failure));
  }

  /** Whether the database is there, and has taken nothing of the group. */
  private static boolean isRefusal(Throwable failure) {
    return Cause.of(failure) instanceof SQLException;
  }

  private void hand(Outcome done) {
    Position before = position;
    if (done.before() != null) {
      LOG.warn(
          "the database holds other messages than before: the last one was {} and is {}; those that"
              + " it has are not shown as new",
          before.last(),
          done.before().last());
      // first, so that members who enter meanwhile begin behind the new number as well
      position = done.before();
      attempt(0, () -> delivery.restart(done.before().last()));
    }
    position = done.after();
    if (done.leftOut() > 0 && !done.others().isEmpty()) {
      long first = done.others().get(0).id();
      attempt(0, () -> delivery.leftOut(done.leftOut(), first));
    }
    deliver(done.others());
    deliver(done.own());
  }

  private void deliver(List<Message> messages) {
    if (!messages.isEmpty()) {
      attempt(messages.size(), () -> delivery.deliver(messages));
    }
  }

  private static void attempt(int messages, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error failed) { // those behind are to come through
      LOG.error("messages were stored and not shown: {}", messages, failed);
    }
  }
}
