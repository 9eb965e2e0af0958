package slipway.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Blocking sockets, a virtual thread for each client. */
final class VirtualThreadEcho {

  private static final int BUFFER = 16 * 1024;

  private VirtualThreadEcho() {}

  public static void main(String[] arguments) throws IOException {
    ServerSocket listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> accept(listening));
    Ready.serveOn(listening.getLocalPort());
    System.exit(0);
  }

  private static void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket client = listening.accept();
        client.setTcpNoDelay(true);
        client.setKeepAlive(true);
        Thread.startVirtualThread(() -> echo(client));
      }
    } catch (IOException closed) {
      System.err.println("no more clients are accepted: " + closed);
    }
  }

  private static void echo(Socket client) {
    byte[] buffer = new byte[BUFFER];
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException reset) {
      // as the bench ends its connections
    }
  }
}
