package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;
import slipway.net.Closing;
import slipway.net.Intake;
import slipway.net.Intake.Choice;
import slipway.server.core.connection.Reading.Reason;
import slipway.server.core.life.Leases;
import slipway.server.core.life.Quota;
import slipway.server.core.life.Refusal;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.pipeline.HostHandler;
import slipway.service.Audience;
import slipway.service.Delimiter;
import slipway.service.LogContext;

/**
 * Finds a connection's service and hands the connection over, then leaves the pipeline.
 *
 * <pre>
 *  ENTERING ──stages are ready──▶ NAMING ──name──▶ WAITING ──lease──▶ (gone)
 *     │                             │                │
 *     └────────── refused ──────────┴────────────────┴──▶ (gone; {@link Farewell} takes the place)
 * </pre>
 *
 * <p>While it waits for the service it reads nothing more; what has arrived already is kept and
 * goes to the service first. What the service writes while it is being attached is held until the
 * reply to the client has been written.
 */
final class Dispatch extends ChannelDuplexHandler implements HostHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private enum Phase {
    ENTERING,
    NAMING,
    WAITING,
    DONE
  }

  private final HostedConnection connection;
  private final Leases leases;
  private final OperatorServices operatorServices;
  private final Intake intake;
  private ChannelHandlerContext place;
  private final RequestReader reader = new RequestReader();
  private Phase phase = Phase.ENTERING;
  private final EarlyBytes early = new EarlyBytes();
  private boolean inputEnded;
  private Future<?> deadline;

  /** Not null while a service is being attached. */
  private Attachment attachment;

  Dispatch(
      HostedConnection connection,
      Leases leases,
      OperatorServices operatorServices,
      Intake intake) {
    this.operatorServices = operatorServices;
    this.connection = connection;
    this.leases = leases;
    this.intake = intake;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    place = context;
    deadline =
        context
            .executor()
            .schedule(() -> tooLate(context), intake.dispatchTimeout().toNanos(), NANOSECONDS);
  }

  /** Handlers of the service are told when they are there. */
  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (phase != Phase.ENTERING) {
      return;
    }
    phase = Phase.NAMING;
    Optional<String> refusal = connection.milestones().opened();
    if (refusal.isPresent()) {
      refuse(context, Refused.LISTENER, refusal.get());
    } else if (intake.choice() == Choice.FIXED) {
      request(context, intake.service());
    } else if (early.areThere()) {
      readName(context);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
    context.fireChannelInactive();
  }

  private void end() {
    phase = Phase.DONE;
    deadline.cancel(false);
    early.release();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (phase == Phase.DONE) {
      ReferenceCountUtil.release(message);
      return;
    }
    early.add(context.alloc(), (ByteBuf) message);
    if (phase == Phase.NAMING) {
      readName(context);
    } else if (early.areTooMany()) {
      refuse(
          context,
          Refused.BAD_REQUEST,
          "more than " + EarlyBytes.MAX + " bytes were sent before the service was there");
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // nobody behind this handler has been given anything
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent)) {
      context.fireUserEventTriggered(event);
    } else if (phase == Phase.WAITING) {
      inputEnded = true;
    } else {
      connection.closes(Closing.CLIENT);
      context.close();
    }
  }

  // ---- the name ------------------------------------------------------------------------------

  private void readName(ChannelHandlerContext context) {
    ServiceRequest asked;
    try {
      asked = early.readBy(reader);
    } catch (RequestReader.Refused refused) {
      refuse(context, Refused.BAD_REQUEST, refused.getMessage());
      return;
    }
    byte[] answer = reader.takeAnswer();
    if (answer.length > 0) {
      context.writeAndFlush(Unpooled.wrappedBuffer(answer));
    }
    if (asked != null) {
      connection.delimitedBy(asked.delimiter());
      request(context, intake.choice() == Choice.OVERRIDE ? intake.service() : asked.name());
    }
  }

  /** A client of an acceptor for users is not told that a service for operators exists. */
  private void request(ChannelHandlerContext context, String name) {
    if (intake.audience() == Audience.USERS
        && operatorServices.audience(name) == Audience.OPERATORS) {
      refuse(context, Refused.UNKNOWN_SERVICE, Refusal.unknown(name).getMessage());
      return;
    }
    Quota quota = leases.quota(name);
    if (!quota.take()) {
      refuse(context, Refused.FULL, quota.refusal());
      return;
    }
    connection.milestones().admitted(quota);
    phase = Phase.WAITING;
    connection.reading().pause(Reason.DISPATCH);
    await(context, leases.lease(name));
  }

  private void await(ChannelHandlerContext context, CompletionStage<ServiceLease> answer) {
    answer.whenComplete(
        (lease, refusal) -> {
          if (context.executor().inEventLoop()) {
            answered(context, lease, refusal);
          } else {
            context.executor().execute(() -> answered(context, lease, refusal));
          }
        });
  }

  private void tooLate(ChannelHandlerContext context) {
    String missed =
        switch (phase) {
          case ENTERING -> "the connection was not set up";
          case NAMING -> "no service was named";
          case WAITING, DONE -> "the service did not start";
        };
    refuse(
        context,
        Refused.DISPATCH_TIMEOUT,
        missed + " within " + Durations.format(intake.dispatchTimeout()));
  }

  // ---- the service ---------------------------------------------------------------------------

  private void answered(ChannelHandlerContext context, ServiceLease lease, Throwable refusal) {
    if (phase != Phase.WAITING || !context.channel().isActive()) {
      if (lease != null) {
        lease.close();
      }
    } else if (lease != null) {
      attach(context, lease);
    } else if (refusal instanceof Refusal told) {
      refuse(context, Refused.of(told), told.getMessage());
    } else {
      LogContext.about(connection, () -> LOG.error("{}: no service", connection, refusal));
      refuse(context, Refused.START_FAILED, "the host failed");
    }
  }

  private void attach(ChannelHandlerContext context, ServiceLease lease) {
    attachment = new Attachment(connection, lease, context);
    Optional<Throwable> failure = attachment.begin();
    Attachment ended = attachment;
    attachment = null;
    if (failure.isPresent()) {
      ended.undo();
      tryAnother(context, lease, failure.get().toString());
    } else {
      ended.reply();
      handOver(context);
    }
  }

  /** The version before may serve, if this one has never served anybody. */
  private void tryAnother(ChannelHandlerContext context, ServiceLease lease, String reason) {
    CompletionStage<ServiceLease> instead = leases.instead(lease, reason);
    lease.close();
    await(context, instead);
  }

  private void handOver(ChannelHandlerContext context) {
    context.fireChannelActive();
    connection.milestones().dispatched();
    early.giveOn(context, connection.proof());
    if (inputEnded) {
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
    context.pipeline().remove(this);
  }

  /** A stage refuses the client, unless it is refused or handed over already; event loop only. */
  void refuse(String reason) {
    if (phase != Phase.DONE) {
      refuse(place, Refused.STAGE, reason);
    }
  }

  private void refuse(ChannelHandlerContext context, Refused why, String reason) {
    LogContext.about(connection, () -> LOG.debug("{}: refused: {}", connection, reason));
    connection.milestones().refused(why, reason);
    end();
    Farewell.say(context, "ERR " + reason + connection.delimiter().orElse(Delimiter.LF).text());
  }

  // ---- what the service writes while it is attached ------------------------------------------

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (attachment == null) {
      context.write(message, promise);
    } else {
      attachment.hold(message, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    if (attachment == null) {
      context.flush();
    }
  }
}
