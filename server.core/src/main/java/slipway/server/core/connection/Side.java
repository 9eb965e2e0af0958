package slipway.server.core.connection;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.util.internal.StringUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.FrameworkUtil;
import slipway.server.core.pipeline.Boundaries;
import slipway.server.core.pipeline.Exchange;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.server.core.pipeline.Traces;
import slipway.service.Connection;
import slipway.service.HandOff;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.Handlers.Described;
import slipway.service.PipelineService;
import slipway.service.Service;

/** How a version of a service gives up its connections and takes them up. */
sealed interface Side {

  /** The side of a service; empty if it neither gives up nor takes up. */
  static Optional<Side> of(Service service) {
    return switch (service) {
      case PipelineService described -> Optional.of(new Describing(described));
      case HandOff free -> Optional.of(new Adding(free));
      default -> Optional.empty();
    };
  }

  /** Gives a new connection to a service. */
  static void attach(Service service, HostedConnection connection) throws Exception {
    Optional<Side> side = of(service);
    if (side.isPresent()) {
      side.get().attach(connection);
      side.get().watch(connection);
    } else {
      service.attach(connection);
    }
  }

  /** The service. */
  Service service();

  /** Adds its handlers to the pipeline of a new connection. */
  void attach(HostedConnection connection) throws Exception;

  /** Whether a connection is parked before it is asked to give it up. */
  boolean parksFirst();

  /**
   * Asks it to give up a connection.
   *
   * @return null if it breaks its contract
   */
  CompletionStage<Handed> giveUp(Connection connection) throws Exception;

  /** Puts in its handlers, where those of another version have been. */
  void takeUp(HostedConnection connection, Handed handed, Exchange exchange) throws Exception;

  /** Its handlers in a pipeline that stay if another version that knows their classes wants it. */
  List<ChannelHandlerContext> keepable(HostedConnection connection);

  /** Those of its handlers that stay if this other version wants it. */
  default List<ChannelHandlerContext> staying(HostedConnection connection, Side next) {
    return keepable(connection).stream()
        .filter(place -> isSeenBy(place.handler(), loader()))
        .filter(place -> isSeenBy(place.handler(), next.loader()))
        .toList();
  }

  /** It has its handlers in a pipeline now; watches those that go and do not say where they are. */
  default void watch(HostedConnection connection) {
    List<ChannelHandlerContext> watched =
        new ArrayList<>(ServiceHandlers.in(connection.channel().pipeline()));
    watched.removeIf(place -> !Boundaries.needsWatch(place.handler(), loader()));
    if (!watched.isEmpty()) { // else a new connection need not be looked through
      watched.removeAll(keepable(connection));
      Boundaries.watch(watched);
    }
  }

  /** The class loader of its bundle. */
  default ClassLoader loader() {
    return service().getClass().getClassLoader();
  }

  /** Whether the name of a handler's class means this class for the owner of the loader, too. */
  private static boolean isSeenBy(ChannelHandler handler, ClassLoader loader) {
    Class<?> type = handler.getClass();
    try {
      return Class.forName(type.getName(), false, loader) == type;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /** A service that describes its pipeline. */
  record Describing(PipelineService service) implements Side {

    @Override
    public void attach(HostedConnection connection) throws Exception {
      Handlers handlers = new Handlers();
      service.pipeline(connection, Handed.nothing(), handlers);
      ChannelPipeline pipeline = connection.channel().pipeline();
      handlers.list().forEach(one -> pipeline.addLast(one.name(), one.maker().get()));
      described(connection, handlers);
    }

    @Override
    public boolean parksFirst() {
      return false;
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) throws Exception {
      return service.giveUp(connection);
    }

    @Override
    public void takeUp(HostedConnection connection, Handed handed, Exchange exchange)
        throws Exception {
      Handlers handlers = new Handlers();
      service.pipeline(connection, handed, handlers);
      exchange.put(handlers.list(), connection.description().kept());
      described(connection, handlers);
    }

    /**
     * Notes what is described.
     *
     * @throws IllegalStateException if a handler is to stay and cannot, as another version would
     *     not know its class
     */
    private void described(HostedConnection connection, Handlers handlers) {
      for (Described handler : handlers.list()) {
        ChannelHandler there = connection.channel().pipeline().get(handler.name());
        if (handler.stays() && there != null) { // it may have gone by itself
          Class<?> type = there.getClass();
          if (type.getClassLoader() == loader() && FrameworkUtil.getBundle(type) != null) {
            throw new IllegalStateException(
                "the handler "
                    + handler.name()
                    + " is described by keep, and cannot stay: its class "
                    + type.getName()
                    + " is in the service's own bundle; describe it by add");
          }
        }
      }
      connection.describedAs(Description.of(handlers.list()));
    }

    /** Those that it keeps, and what these have put into the pipeline by themselves. */
    @Override
    public List<ChannelHandlerContext> keepable(HostedConnection connection) {
      Description description = connection.description();
      return ServiceHandlers.in(connection.channel().pipeline()).stream()
          .filter(
              place ->
                  description.kept().contains(place.name())
                      || !description.added().contains(place.name())
                          && Traces.of(loader(), place.handler()).isEmpty())
          .toList();
    }
  }

  /** A service that adds its handlers by itself. */
  record Adding(HandOff service) implements Side {

    @Override
    public void attach(HostedConnection connection) throws Exception {
      service.attach(connection);
    }

    @Override
    public boolean parksFirst() {
      return true;
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) throws Exception {
      CompletionStage<Map<String, Object>> state = service.giveUp(connection);
      if (state == null) {
        return null;
      }
      CompletableFuture<Handed> handed =
          state.thenApply(HandedState::checked).toCompletableFuture();
      handed.whenComplete(
          (done, failed) -> {
            if (handed.isCancelled()) {
              state.toCompletableFuture().cancel(true);
            }
          });
      return handed;
    }

    @Override
    public void takeUp(HostedConnection connection, Handed handed, Exchange exchange)
        throws Exception {
      connection.describedAs(Description.NONE);
      service.takeUp(connection, handed.toMap());
      exchange.settle();
    }

    /**
     * Those in front that another version will add once more by itself, and that no name and no
     * object ties to this one.
     */
    @Override
    public List<ChannelHandlerContext> keepable(HostedConnection connection) {
      List<ChannelHandlerContext> front = new ArrayList<>();
      for (ChannelHandlerContext place : ServiceHandlers.in(connection.channel().pipeline())) {
        boolean unnamed =
            place.name().startsWith(StringUtil.simpleClassName(place.handler()) + "#");
        if (!unnamed || Traces.of(loader(), place.handler()).isPresent()) {
          break;
        }
        front.add(place);
      }
      return front;
    }
  }
}
