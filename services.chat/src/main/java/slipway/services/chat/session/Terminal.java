package slipway.services.chat.session;

import java.net.InetSocketAddress;
import slipway.account.Network;
import slipway.services.chat.text.Day;
import slipway.services.chat.user.Device;

/**
 * A session as all those see it who have a line for its user. Lines from other threads go to its
 * event loop, in their order. Once another version has the connection, they follow it there.
 */
final class Terminal implements Device {

  private final Session session;
  private final Chat chat;

  Terminal(Session session, Chat chat) {
    this.session = session;
    this.chat = chat;
  }

  @Override
  public long connection() {
    return session.hosted().id();
  }

  @Override
  public boolean isFrom(Network network) {
    return session.hosted().remoteAddress() instanceof InetSocketAddress socket
        && network.contains(socket.getAddress());
  }

  @Override
  public void show(String line) {
    inLoop(
        () -> {
          if (session.isGivenUp()) {
            chat.hall().pass(connection(), line, false);
          } else if (session.isThere()) {
            session.screen().show(line, chat.settings().get().slowLimit());
          }
        });
  }

  @Override
  public void tell(String line, Day day) {
    inLoop(
        () -> {
          if (day != null && !session.isGivenUp() && session.screen().lastDay().turns(day)) {
            show(day.line());
          }
          show(line);
        });
  }

  @Override
  public void end(String line) {
    inLoop(
        () -> {
          if (session.isGivenUp()) {
            chat.hall().pass(connection(), line, true);
          } else {
            session.end(line);
          }
        });
  }

  private void inLoop(Runnable task) {
    if (session.context().executor().inEventLoop()) {
      task.run();
    } else {
      session.lines().execute(task);
    }
  }
}
