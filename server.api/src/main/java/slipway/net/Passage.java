package slipway.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;
import slipway.service.Peer;

/**
 * One connection on its way through the stages of its acceptor. Belongs to the connection's event
 * loop, except for what {@link #delay} returns.
 */
@ProviderType
public interface Passage {

  /** Name of the acceptor. */
  String acceptor();

  /** The connection's channel. */
  Channel channel();

  /**
   * Puts a handler into the pipeline, behind those of the stages before and in front of the host.
   *
   * @param name its name, unique in the pipeline
   */
  void add(String name, ChannelHandler handler);

  /**
   * Keeps the connection from its service until the stage is ready: the service is not looked for,
   * and its handlers see no {@code channelActive}. What the stage passes on meanwhile is kept. The
   * acceptor's {@code dispatch.timeout} keeps running.
   *
   * @return to be run when the stage is ready, in any thread; the second time does nothing
   */
  Runnable delay();

  /** The peer at the other end, as far as it is known. */
  Peer peer();

  /** Sets the peer at the other end; before the connection is dispatched. */
  void peer(Peer known);

  /**
   * Says what the stage has to send before the host ends the output of a connection that it still
   * reads, such as TLS its close_notify. The stage nearest to the host is asked first. A connection
   * that is closed passes the stage's handlers as a close, and does not need this.
   *
   * @param words called in the event loop, once; its future completes when that is written
   */
  void lastWords(Supplier<? extends Future<?>> words);

  /**
   * Refuses the client: it is told why, as by the host, and closed.
   *
   * @param reason one line
   */
  void refuse(String reason);
}
