package slipway.services.admin;

import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Distinguishes a client that is gone from one that has only ended its output. To the host both
 * look like the end of the input; but on a Unix domain socket whose other end is closed even
 * sending nothing fails.
 *
 * <p>This is for {@code epoll}. On {@code nio} nothing less than a byte can be sent, so a client
 * that is gone is noticed when a command writes.
 */
final class ClientWatch {

  private static final int SECONDS = 1;
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);

  private ClientWatch() {}

  /** Closes a channel when its client has gone, now or later. May be called from any thread. */
  static void closeOnceGone(Channel channel) {
    if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
      channel.eventLoop().execute(() -> look(channel, socket));
    }
  }

  private static void look(Channel channel, Socket socket) {
    if (!channel.isOpen()) {
      return;
    }
    try {
      socket.send(NOTHING, 0, 0);
      channel.eventLoop().schedule(() -> look(channel, socket), SECONDS, TimeUnit.SECONDS);
    } catch (IOException gone) {
      channel.close();
    }
  }
}
