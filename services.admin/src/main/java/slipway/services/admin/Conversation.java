package slipway.services.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.command.Caller;
import slipway.service.Connection;
import slipway.services.admin.Request.Kind;

/**
 * One client's requests and their replies, in order.
 *
 * <p>One thread reads and this one answers, so that the end of the input is seen while a command
 * runs. A client that has ended its output still gets its replies; for one that has gone, a running
 * command is interrupted, which closing the session does.
 */
final class Conversation {

  /** Requests that may wait; a client that sends more is left waiting itself. */
  private static final int WAITING = 16;

  private static final Request END = new Request(Kind.LAST, "", false, false, false, false);

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final Connection connection;
  private final CommandSession session;
  private final Completer completer;
  private final Reply reply;
  private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(WAITING);

  /** Whether the last request has been taken, by this or as an answer. */
  private volatile boolean ended;

  Conversation(Connection connection, CommandSession session, Completer completer, Reply reply) {
    this.connection = connection;
    this.session = session;
    this.completer = completer;
    this.reply = reply;
  }

  /** Answers until there are no more requests or the connection is closed. */
  void hold(InputStream in) throws IOException, InterruptedException {
    Thread reader = OperatorThread.of("admin-reader-" + connection.id(), () -> read(in));
    reader.start();
    try {
      while (!ended && connection.channel().isOpen()) {
        Request request = take();
        if (request != END) {
          answer(request);
        }
      }
    } finally {
      reader.interrupt();
    }
  }

  /** The next request, for the conversation or, while a command runs, for its question. */
  Request take() throws InterruptedException {
    Request request = requests.take();
    if (request.kind() == Kind.LAST) {
      ended = true;
    }
    return request;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Never fails: what ends the input ends the conversation. */
  private void read(InputStream in) {
    RequestReader reader = new RequestReader(in);
    try {
      Request request;
      do {
        request = next(reader);
        requests.put(request);
      } while (request.kind() != Kind.LAST);
      ClientWatch.closeOnceGone(connection.channel());
    } catch (InterruptedException answered) {
      // no more requests are taken
    }
  }

  private static Request next(RequestReader reader) {
    try {
      Request next = reader.next();
      return next == null ? END : next;
    } catch (IOException closed) {
      return END;
    }
  }

  private void answer(Request request) throws IOException {
    boolean nul = request.endsWithNul();
    try {
      switch (request.kind()) {
        case COMMAND -> {
          Optional<Heartbeat> beats =
              request.program()
                  ? Optional.of(Heartbeat.of(reply, request.told()))
                  : Optional.empty();
          try {
            run(request, what -> beats.ifPresent(beat -> beat.waits(what)));
          } finally {
            beats.ifPresent(Heartbeat::end);
          }
        }
        case COMPLETION -> complete(request.text());
        case REFUSED, LAST -> {
          reply.fail(request.text(), nul);
          return;
        }
      }
      reply.succeed(nul);
    } catch (Exception | StackOverflowError | LinkageError failed) {
      if (Failure.isDefect(failed)) { // the text of the request may hold a password
        LOG.warn("{}: a command of {} is at fault", connection, request, failed);
      }
      reply.fail(Failure.message(failed), nul);
    }
  }

  private void run(Request request, Consumer<String> waits) throws Exception {
    session.put(Caller.VARIABLE, request.asked() ? new RemoteCaller(this, reply, waits) : null);
    session.put(Caller.DIRECTORY, request.folder().orElse(null));
    Object result = session.execute(request.text());
    if (result != null) {
      String text = session.format(result, Converter.INSPECT).toString();
      print(text.endsWith("\n") ? text : text + "\n");
    }
  }

  private void complete(String text) throws IOException {
    for (String candidate : completer.candidates(text)) {
      print(candidate + "\n");
    }
  }

  private void print(String text) throws IOException {
    reply.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
