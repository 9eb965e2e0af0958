package slipway.bench.load;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The way into a room of Colyseus: a seat is asked for by HTTP, and taken by WebSocket; the server
 * confirms that, and then the client.
 */
public final class ColyseusDoor implements Door {

  private static final String END = "\r\n\r\n";
  private static final String SWITCHED = "HTTP/1.1 101 ";
  private static final byte JOIN_ROOM = 10;
  private static final int PATIENCE_MILLIS = 30_000;

  private final InetSocketAddress address;

  /** Where a room is, and under which number a seat in it. */
  record Seat(String process, String room, String session) {

    static Seat parse(String json) throws IOException {
      try {
        JsonObject seat = JsonParser.parseString(json).getAsJsonObject();
        JsonObject room = seat.getAsJsonObject("room");
        return new Seat(
            room.get("processId").getAsString(),
            room.get("roomId").getAsString(),
            seat.get("sessionId").getAsString());
      } catch (JsonSyntaxException | IllegalStateException | NullPointerException none) {
        throw new IOException("Colyseus has no seat: " + json, none);
      }
    }
  }

  /** Of a server of Colyseus. */
  public ColyseusDoor(int port) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public SocketChannel open(int player) throws IOException {
    Seat seat = seat(Door.zone(player));
    SocketChannel channel = SocketChannel.open(address);
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().setSoTimeout(PATIENCE_MILLIS);
      write(
          channel.socket(),
          "GET /"
              + seat.process()
              + "/"
              + seat.room()
              + "?sessionId="
              + seat.session()
              + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13"
              + END);
      String answer = head(channel.socket().getInputStream());
      if (!answer.startsWith(SWITCHED)) {
        throw new IOException("Colyseus does not switch to WebSocket: " + answer);
      }
      confirm(channel);
      return channel;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  private Seat seat(String room) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      write(
          socket,
          "POST /matchmake/joinOrCreate/"
              + room
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: 2"
              + END
              + "{}");
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Seat.parse(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Byte by byte, as what follows is WebSocket's. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.US_ASCII).endsWith(END)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("Colyseus has closed a connection: " + bytes);
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  /**
   * What the room has sent of its own accord before is behind this one: it waits for the answer.
   */
  private void confirm(SocketChannel channel) throws IOException {
    InputStream in = channel.socket().getInputStream();
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(2));
    int length = framing().header(header);
    byte[] message = in.readNBytes(length);
    if (message.length == 0 || message[0] != JOIN_ROOM) {
      throw new IOException("Colyseus does not confirm a seat");
    }
    ByteBuffer answer = Framing.buffer(Framing.MOST_HEADER);
    Framing.message(answer, 1);
    channel.write(answer.put(JOIN_ROOM).flip());
  }

  @Override
  public Framing framing() {
    return Framing.COLYSEUS;
  }
}
