package slipway.server.core.transport;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;

/**
 * A channel's place in epoll that is kept while the channel waits for nothing.
 *
 * <p>Netty 4.2.18 takes a channel without events out of epoll and does not remember it, so that the
 * next event cannot be asked for: what is to be written behind the end of the input is lost when
 * the client reads slowly, and an acceptor that has paused is closed when it goes on. Here such a
 * channel stays, edge-triggered: an error or the end, which epoll tells in any case, is told once.
 *
 * <p>Used in its event loop.
 */
final class EpollRegistration implements IoRegistration {

  private final IoRegistration registration;

  /** Whether epoll has it; before that there is nothing to be kept. */
  private boolean added;

  EpollRegistration(IoRegistration registration) {
    this.registration = registration;
  }

  @Override
  public long submit(IoOps ops) {
    boolean none = EpollIoOps.NONE.equals(ops);
    long submitted = registration.submit(none && added ? EpollIoOps.EPOLLET : ops);
    added |= !none;
    return submitted;
  }

  @Override
  public <T> T attachment() {
    return registration.attachment();
  }

  @Override
  public boolean isValid() {
    return registration.isValid();
  }

  @Override
  public boolean cancel() {
    return registration.cancel();
  }
}
