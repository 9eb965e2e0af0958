package slipway.services.admin;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import slipway.command.Caller;
import slipway.services.admin.Request.Kind;

/** The client at the other end of the connection, if it has said that it can be asked. */
final class RemoteCaller implements Caller {

  private static final String SECRET = "Secret";
  private static final String ANSWER = "Answer";
  private static final String LINE = "Line";

  private final ReentrantLock asking = new ReentrantLock();
  private final Conversation conversation;
  private final Reply reply;
  private final Consumer<String> waits;

  /**
   * Makes a caller.
   *
   * @param waits told what the command waits for
   */
  RemoteCaller(Conversation conversation, Reply reply, Consumer<String> waits) {
    this.conversation = conversation;
    this.reply = reply;
    this.waits = waits;
  }

  @Override
  public void waits(String what) {
    waits.accept(what);
  }

  @Override
  public Optional<String> secret(String question) throws InterruptedException {
    return ask(SECRET, question);
  }

  @Override
  public Optional<String> answer(String question) throws InterruptedException {
    return ask(ANSWER, question);
  }

  @Override
  public Optional<String> line() throws InterruptedException {
    return ask(LINE, "");
  }

  /** One question at a time, as the commands of a pipe run side by side. */
  private Optional<String> ask(String kind, String question) throws InterruptedException {
    asking.lockInterruptibly();
    try {
      if (conversation.hasEnded()) {
        return Optional.empty();
      }
      reply.ask(kind, question);
      Request answer = conversation.take();
      return answer.kind() == Kind.LAST
              || answer.kind() == Kind.REFUSED
              || answer.text().equals(Request.NO_ANSWER)
          ? Optional.empty()
          : Optional.of(answer.answer());
    } catch (IOException gone) {
      return Optional.empty();
    } finally {
      asking.unlock();
    }
  }
}
