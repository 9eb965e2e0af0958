package slipway.server.acceptor;

import io.netty.channel.Channel;
import slipway.net.Transport;

/**
 * The file descriptors that an acceptor's clients may use up: operators the last one, users all but
 * those that are kept. May be used from any thread.
 */
record Supply(Descriptors descriptors, Transport transport, boolean operators) {

  /** Whether clients have to wait; {@link AcceptGate#lookAgain} is called when that is over. */
  boolean isShort() {
    return !operators && descriptors.areShort();
  }

  /** A client was accepted. */
  void taken(Channel client) {
    if (!operators) {
      descriptors.taken(transport.descriptor(client));
    }
  }

  /** The system had none for a client. */
  void refused() {
    descriptors.refused();
  }
}
