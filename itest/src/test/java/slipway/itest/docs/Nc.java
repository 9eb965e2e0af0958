package slipway.itest.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the documents use of OpenBSD's {@code nc}, for machines that have none or another one:
 * {@code nc [-N] [-U PATH | HOST PORT]}.
 */
final class Nc {

  private Nc() {}

  public static void main(String[] arguments) throws Exception {
    boolean halfClose = false;
    boolean unix = false;
    List<String> target = new ArrayList<>();
    for (String argument : arguments) {
      switch (argument) {
        case "-N" -> halfClose = true;
        case "-U" -> unix = true;
        default -> target.add(argument);
      }
    }
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(target.get(0))
            : new InetSocketAddress(target.get(0), Integer.parseInt(target.get(1)));
    try (SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
      channel.connect(address);
      talk(channel, halfClose);
    }
    System.exit(0); // the thread that reads the input may still wait for it
  }

  /** Both ways at once, until the peer closes. */
  private static void talk(SocketChannel channel, boolean halfClose) throws Exception {
    CompletableFuture<Void> received =
        inBackground(() -> copy(Channels.newInputStream(channel), System.out));
    inBackground(
        () -> {
          copy(System.in, Channels.newOutputStream(channel));
          if (halfClose) {
            channel.shutdownOutput();
          }
        });
    received.get();
  }

  private interface Copying {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> inBackground(Copying copying) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                copying.run();
                done.complete(null);
              } catch (IOException closed) {
                done.complete(null);
              }
            });
    return done;
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = new byte[8192];
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      out.write(bytes, 0, count);
      out.flush();
    }
  }
}
