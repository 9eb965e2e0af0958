package slipway.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

/** Apache MINA, as its own echo example does it. Argument: the number of its processors. */
final class MinaEcho {

  private MinaEcho() {}

  public static void main(String[] arguments) throws IOException {
    NioSocketAcceptor acceptor = new NioSocketAcceptor(Integer.parseInt(arguments[0]));
    acceptor.setBacklog(1024);
    acceptor.setReuseAddress(true);
    acceptor.getSessionConfig().setTcpNoDelay(true);
    acceptor.getSessionConfig().setKeepAlive(true);
    acceptor.setHandler(new Echo());
    acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Ready.serveOn(acceptor.getLocalAddress().getPort());
    System.exit(0);
  }

  private static final class Echo extends IoHandlerAdapter {
    @Override
    public void messageReceived(IoSession session, Object message) {
      session.write(((IoBuffer) message).duplicate());
    }

    @Override
    public void exceptionCaught(IoSession session, Throwable cause) {
      session.closeNow();
    }
  }
}
