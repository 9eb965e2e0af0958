package slipway.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

/**
 * The blocking form of a service that can hand an open connection to another version of itself,
 * without its client noticing: between two requests, with what the other version needs to go on.
 *
 * <pre>
 * while (in.next(() -&gt; Handed.nothing().with("count", count))) {
 *   count += answer(in, out);
 * }
 * </pre>
 *
 * <p>The thread of the old version ends as {@link #serve(Connection, RequestStream, OutputStream)}
 * returns, and one of the new version's begins in that method, with what was {@linkplain
 * RequestStream#handed handed over} and with the first byte that was not read. If a request takes
 * longer than {@code handoff.timeout}, the connection stays with the old version for now, and is
 * wanted again later.
 *
 * @since 1.4
 */
@ConsumerType
public abstract class StreamHandOff extends StreamService implements PipelineService {

  /** For subclasses. */
  protected StreamHandOff() {}

  /**
   * Serves a connection until it returns: a new one, or one that another version has served until
   * now. Then what was written is flushed and the connection closed, unless another version has it.
   * All else is as in {@link StreamService#serve}.
   *
   * @param connection the connection
   * @param in what the client sends, and what another version has handed over
   * @param out what goes to the client; buffered, and sent by {@code in.next}
   * @throws Exception any failure: it is logged with the connection's id and closes this connection
   *     alone
   */
  protected abstract void serve(Connection connection, RequestStream in, OutputStream out)
      throws Exception;

  @Override
  protected final void serve(Connection connection, InputStream in, OutputStream out)
      throws Exception {
    serve(connection, (RequestStream) in, out);
  }

  /**
   * Describes the handler between the event loop and the thread that serves. A service that has
   * handlers in front of it, such as TLS, describes these first and then calls this.
   */
  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers.add("stream", () -> new StreamHandler(this, connection, handed));
  }

  @Override
  public final CompletionStage<Handed> giveUp(Connection connection) {
    return connection.channel().pipeline().get(StreamHandler.class).giveUp();
  }
}
