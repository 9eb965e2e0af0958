package slipway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.bench.load.ChatLoad;
import slipway.bench.load.ChatPlan;

/** The load against a chat in this process, which may be told to go wrong at one message. */
@Timeout(60)
class ChatLoadTest {

  private static final long SELF = ProcessHandle.current().pid();
  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final Duration LENGTH = Duration.ofMillis(300);

  /** How a chat goes wrong. */
  private enum Fault {
    NONE,
    LOSES,
    DOUBLES,
    CHANGES,
    CLOSES,
    REFUSES
  }

  /** A thread for each connection, and one lock for everybody. */
  private static final class FaultyChat implements AutoCloseable {
    private final ServerSocket listening =
        new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<Guest> guests = new ArrayList<>();
    private final AtomicInteger said = new AtomicInteger();
    private final Fault fault;

    private static final class Guest {
      private final Socket socket;
      private String room = "lobby";

      Guest(Socket socket) {
        this.socket = socket;
      }

      void show(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }

    FaultyChat(Fault fault) throws IOException {
      this.fault = fault;
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return listening.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listening.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException closed) {
        // the test is over
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String service = in.readLine();
        String name = in.readLine().split(" ")[0];
        Guest guest = new Guest(socket);
        synchronized (guests) {
          guest.show(service);
          if (fault == Fault.REFUSES) {
            guest.show("* you are banned");
            return;
          }
          guests.add(guest);
          tell(guest, "* " + name + " has come in");
          guest.show("* in lobby: everybody");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          synchronized (guests) {
            if (line.startsWith("/join ")) {
              guest.room = line.substring("/join ".length());
              tell(guest, "* " + name + " has come in");
              guest.show("* in " + guest.room + ": everybody");
            } else {
              say(guest, name + ": " + line);
            }
          }
        }
      } catch (IOException closed) {
        // the load is over
      }
    }

    private void say(Guest from, String line) throws IOException {
      Fault now = said.incrementAndGet() == 10 ? fault : Fault.NONE;
      switch (now) {
        case LOSES -> {
          // nobody is told
        }
        case DOUBLES -> {
          tell(from, line);
          tell(from, line);
        }
        case CHANGES -> tell(from, line.substring(0, line.length() - 1) + "?");
        case CLOSES -> {
          tell(from, line);
          guests.remove(from);
          from.socket.close();
        }
        default -> tell(from, line);
      }
    }

    private void tell(Guest from, String line) throws IOException {
      for (Guest guest : guests) {
        if (guest != from && guest.room.equals(from.room)) {
          guest.show(line);
        }
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  private static ChatLoad.Result run(Fault fault, int rooms, int inRoom) throws IOException {
    try (FaultyChat chat = new FaultyChat(fault);
        ChatLoad load = new ChatLoad(SELF, chat.port(), new ChatPlan(rooms, inRoom, 500))) {
      return load.run(SETTLE, LENGTH);
    }
  }

  @Test
  void everybodyInOneRoomIsShownEachMessageOnce() throws IOException {
    ChatLoad.Result result = run(Fault.NONE, 1, 10);
    assertThat(result.sent()).isEqualTo(200);
    assertThat(result.messages()).isEqualTo(150);
    assertThat(result.latency().getTotalCount()).isEqualTo(150 * 9);
    assertThat(result.latency().getMinValue()).isPositive();
    assertThat(result.deliveries()).isPositive();
    assertThat(List.of(result.dropped(), result.lost(), result.wrong())).containsOnly(0L);
    assertThat(result.strange()).isEmpty();
  }

  @Test
  void whoIsInAnotherRoomIsNotShownIt() throws IOException {
    ChatLoad.Result result = run(Fault.NONE, 5, 4);
    assertThat(result.latency().getTotalCount()).isEqualTo(150 * 3);
    assertThat(List.of(result.dropped(), result.lost(), result.wrong())).containsOnly(0L);
  }

  @Test
  void aMessageThatNobodyIsShownIsLostForAllOthers() throws IOException {
    ChatLoad.Result result = run(Fault.LOSES, 1, 10);
    assertThat(result.lost()).isEqualTo(9);
    assertThat(result.wrong()).isZero();
  }

  @Test
  void aMessageThatIsShownTwiceIsWrong() throws IOException {
    ChatLoad.Result result = run(Fault.DOUBLES, 1, 10);
    assertThat(result.lost()).isZero();
    assertThat(result.wrong()).isEqualTo(9);
  }

  @Test
  void aMessageThatIsChangedIsQuoted() throws IOException {
    ChatLoad.Result result = run(Fault.CHANGES, 1, 10);
    assertThat(result.lost()).isEqualTo(9);
    assertThat(result.wrong()).isEqualTo(9);
    assertThat(result.strange()).startsWith("m0").endsWith("?");
  }

  @Test
  void aConnectionThatIsClosedIsDropped() throws IOException {
    ChatLoad.Result result = run(Fault.CLOSES, 1, 10);
    assertThat(result.dropped()).isEqualTo(1);
    assertThat(result.lost()).isPositive();
  }

  @Test
  void whoIsNotLetInIsQuoted() throws IOException {
    try (FaultyChat chat = new FaultyChat(Fault.REFUSES)) {
      assertThatThrownBy(() -> new ChatLoad(SELF, chat.port(), new ChatPlan(1, 10, 500)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("0 of 10 users")
          .hasMessageContaining("* you are banned");
    }
  }
}
