package slipway.server.core.connection;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.server.core.pipeline.Traces;
import slipway.thread.OwnThread;

/**
 * Finds what one connection holds of a version: objects of its classes, which keep these in memory,
 * and threads that serve the connection. May be used from any thread.
 */
final class Holders {

  private Holders() {}

  /** Says where a connection holds objects of a class loader's classes. */
  static List<String> in(HostedConnection connection, ClassLoader loader) {
    List<String> holders = new ArrayList<>();
    boolean own = false;
    for (ChannelHandlerContext place : ServiceHandlers.in(connection.channel().pipeline())) {
      Optional<Class<?>> held = Traces.of(loader, place.handler());
      if (held.filter(type -> type == place.handler().getClass()).isPresent()) {
        own = true;
      } else {
        held.ifPresent(
            type ->
                holders.add(
                    connection
                        + " has a handler of another bundle, "
                        + place.name()
                        + ", that holds a "
                        + type.getName()));
      }
    }
    if (own) {
      holders.add(connection + " has its handlers");
    }
    Traces.attributes(loader, connection.channel())
        .forEach(
            name -> holders.add(connection + " has an attribute, " + name + ", that holds one"));
    if (connection.closeListeners().count(loader) > 0) {
      holders.add(connection + " has a listener to its close that is one, or holds one");
    }
    return holders;
  }

  /** The handlers of a connection that have a thread of their own. */
  static Stream<OwnThread> threads(HostedConnection connection) {
    return ServiceHandlers.in(connection.channel().pipeline()).stream()
        .map(ChannelHandlerContext::handler)
        .filter(OwnThread.class::isInstance)
        .map(OwnThread.class::cast);
  }
}
