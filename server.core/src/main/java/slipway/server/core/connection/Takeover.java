package slipway.server.core.connection;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Closing;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.pipeline.Exchange;
import slipway.server.core.pipeline.Traces;
import slipway.service.Handed;
import slipway.service.LogContext;

/**
 * Lets the new version take up a connection that the old one has given up, and the old one take it
 * back if that fails; closes the connection if neither can. The old handlers are out of the
 * pipeline already, and nothing arrives meanwhile.
 *
 * <p>Runs in the connection's event loop.
 */
final class Takeover {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

  private final Move move;
  private final HostedConnection connection;
  private final ActiveVersion from;
  private final ActiveVersion to;
  private final Side old;
  private final Side next;
  private final Exchange exchange;

  Takeover(Move move, Side old, Side next, Exchange exchange) {
    this.move = move;
    this.connection = move.connection();
    this.from = move.from();
    this.to = move.to();
    this.old = old;
    this.next = next;
    this.exchange = exchange;
  }

  /**
   * Has the connection taken up by the new version, and its lease of the old one given back.
   *
   * @return why the old version still has it; empty if the new one has it
   */
  Optional<Throwable> attempt(Handed handed) {
    Description description = connection.description();
    ServiceLease before = connection.lease();
    ServiceLease after = to.lease();
    try {
      if (after == null) {
        throw new IllegalStateException(to.version() + " takes no more users");
      }
      connection.servedBy(after);
      connection.reading().forgetService();
      next.takeUp(connection, handed.from(from.version()), exchange);
      next.watch(connection);
    } catch (Throwable failed) {
      told(failed);
      connection.servedBy(before);
      if (after != null) {
        after.close();
      }
      if (failed instanceof LinkageError) {
        to.reject(failed.toString());
      }
      connection.describedAs(description);
      takeBack(handed);
      return Optional.of(failed);
    }
    before.close();
    return Optional.empty();
  }

  private void told(Throwable failed) {
    LogContext.about(
        connection,
        () -> {
          String text = "{}: {} could not take it up: {}";
          if (move.attempt() == 0) {
            LOG.warn(text, connection, to.version(), failed.toString());
          } else {
            LOG.debug(text, connection, to.version(), failed.toString());
          }
        });
  }

  private void takeBack(Handed handed) {
    exchange.undo();
    connection.reading().forgetService();
    try {
      old.takeUp(connection, handed.from(from.version()), exchange);
      old.watch(connection);
    } catch (Throwable failed) {
      LogContext.about(
          connection,
          () -> LOG.error("{}: closed, as neither version takes it up", connection, failed));
      exchange.discard();
      connection.closes(Closing.FAILED);
      connection.channel().close();
    }
  }

  /** What the old version has left of itself would keep its classes in memory. */
  void forget() {
    ClassLoader loader = old.loader();
    if (loader == next.loader()) {
      return;
    }
    Traces.clearAttributes(loader, connection.channel())
        .forEach(
            name ->
                LogContext.about(
                    connection,
                    () ->
                        LOG.warn(
                            "{}: {} has left the attribute {}, which is cleared",
                            connection,
                            from.version(),
                            name)));
    int listening = connection.closeListeners().remove(loader);
    if (listening > 0) {
      LogContext.about(
          connection,
          () ->
              LOG.warn(
                  "{}: {} has left {} listeners to its close, which are removed",
                  connection,
                  from.version(),
                  listening));
    }
  }
}
