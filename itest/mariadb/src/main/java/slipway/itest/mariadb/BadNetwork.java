package slipway.itest.mariadb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a port of the loopback that can hang: connections stay open and are still taken, but
 * nothing comes through.
 */
public final class BadNetwork implements AutoCloseable {

  private final ServerSocket entrance;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private boolean hangs;
  private volatile boolean closed;

  /**
   * Opens the way.
   *
   * @param target the port that it leads to
   */
  public BadNetwork(int target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The port where it begins. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** From now on nothing comes through. */
  public synchronized void hang() {
    hangs = true;
  }

  /** What was held back comes through, and all that follows. */
  public synchronized void recover() {
    hangs = false;
    notifyAll();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket near = entrance.accept();
        sockets.add(near);
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(far);
        Thread.ofVirtual().start(() -> forward(near, far));
        Thread.ofVirtual().start(() -> forward(far, near));
      } catch (IOException ended) {
        // closed, or the target is away: the client's connection is of no use then
      }
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        awaitPassage();
        out.write(buffer, 0, count);
      }
    } catch (IOException | InterruptedException ended) {
      // the other side ends with it
    }
  }

  private synchronized void awaitPassage() throws InterruptedException {
    while (hangs && !closed) {
      wait();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    notifyAll();
    entrance.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
