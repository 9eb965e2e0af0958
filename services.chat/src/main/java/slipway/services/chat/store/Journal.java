package slipway.services.chat.store;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.data.DatabaseAway;
import slipway.data.Schema;

/**
 * Stores messages in groups, and hands them on in the order of their numbers, each once and only
 * when it is stored.
 *
 * <p>While one group is on its way to the disk, the next one gathers: the more messages there are,
 * the more share a transaction. Two versions of the chat may store at once; each finds what the
 * other has stored before it, and hands that on first.
 *
 * <p>Methods may be called from any thread. Everything else happens in the journal's thread.
 */
public final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int LARGEST_GROUP = 500;
  private static final int MOST_WAITING = 10_000;

  private final Schema schema;
  private final Executor thread;
  private final InstantSource clock;
  private final Consumer<List<Message>> delivery;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Queue<Post> posts = new ArrayDeque<>();
  private final List<CompletableFuture<Void>> idlers = new ArrayList<>();
  private CompletableFuture<Long> opening;
  private boolean storing;
  private boolean looking;
  private volatile long delivered = -1;

  /** A message that waits, and who waits for it. */
  private record Post(Draft draft, CompletableFuture<Message> stored) {}

  /** What a transaction came to: messages of others that were not known, then one's own. */
  private record Group(List<Message> others, List<Message> own, long last) {}

  /**
   * Makes the journal.
   *
   * @param thread one thread, of the journal
   * @param delivery takes stored messages, in the journal's thread
   */
  public Journal(
      Schema schema, Executor thread, InstantSource clock, Consumer<List<Message>> delivery) {
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
                .read(connection -> new Messages(connection).last())
                .whenCompleteAsync((last, failure) -> opened(mine, last, failure), thread);
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

  private void opened(CompletableFuture<Long> mine, Long last, Throwable failure) {
    if (failure == null) {
      delivered = last;
      mine.complete(last);
      next();
    } else {
      mine.completeExceptionally(failure);
    }
  }

  /**
   * The number up to which all messages have been handed on, or are being so: whoever asks after it
   * has become reachable for the delivery misses nothing behind this number.
   */
  public long delivered() {
    return delivered;
  }

  /**
   * Stores a message and hands it on.
   *
   * @return completed in the journal's thread when it has been handed on; fails if it was not
   *     stored, with {@link DatabaseAway} if the database is away or too many wait. One that was
   *     under way when the database went may be found stored later, and is handed on then.
   */
  public CompletionStage<Message> post(Draft draft) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return CompletableFuture.failedStage(new DatabaseAway("too many messages wait to be stored"));
    }
    CompletableFuture<Message> stored = new CompletableFuture<>();
    thread.execute(
        () -> {
          posts.add(new Post(draft, stored));
          next();
        });
    return stored.minimalCompletionStage();
  }

  /** Somebody else has stored messages: hands them on. */
  public void look() {
    thread.execute(
        () -> {
          looking = true;
          next();
        });
  }

  /** Looks again if it has failed: what was under way then may be stored. */
  public void retry() {
    thread.execute(this::next);
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
    if (!storing && (posts.isEmpty() || delivered < 0)) {
      idlers.forEach(idle -> idle.complete(null));
      idlers.clear();
    }
  }

  private void next() {
    if (storing || delivered < 0 || posts.isEmpty() && !looking) {
      return;
    }
    storing = true;
    looking = false;
    long known = delivered;
    List<Post> group = new ArrayList<>();
    while (!posts.isEmpty() && group.size() < LARGEST_GROUP) {
      group.add(posts.poll());
    }
    List<Draft> drafts = group.stream().map(Post::draft).toList();
    CompletionStage<Group> stored =
        group.isEmpty()
            ? schema.read(connection -> others(new Messages(connection), known))
            : schema.write(connection -> store(new Messages(connection), known, drafts));
    stored.whenCompleteAsync((done, failure) -> stored(group, done, failure), thread);
  }

  private static Group others(Messages messages, long known) throws SQLException {
    long last = messages.last();
    return new Group(messages.between(known, last), List.of(), last);
  }

  private Group store(Messages messages, long known, List<Draft> drafts) throws SQLException {
    long last = messages.lockLast();
    List<Message> others = last > known ? messages.between(known, last) : List.of();
    List<Message> own = messages.add(last, drafts, clock.instant());
    return new Group(others, own, last + own.size());
  }

  private void stored(List<Post> group, Group done, Throwable failure) {
    storing = false;
    waiting.addAndGet(-group.size());
    if (failure != null) {
      looking = true; // some of it may be stored all the same
      group.forEach(post -> post.stored().completeExceptionally(failure));
      if (!posts.isEmpty()) {
        next();
      }
      tellIdlers();
      return;
    }
    delivered = done.last();
    deliver(done.others());
    deliver(done.own());
    for (int i = 0; i < group.size(); i++) {
      group.get(i).stored().complete(done.own().get(i));
    }
    next();
    tellIdlers();
  }

  private void deliver(List<Message> messages) {
    if (!messages.isEmpty()) {
      try {
        delivery.accept(messages);
      } catch (RuntimeException | Error failed) { // those behind are to come through
        LOG.error("messages were stored and not shown: {}", messages.size(), failed);
      }
    }
  }
}
