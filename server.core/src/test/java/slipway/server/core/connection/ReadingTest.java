package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

class ReadingTest {

  /** Gives up its connections when the test says so. */
  private static final class Patient implements PipelineService {
    private CompletableFuture<Handed> given = new CompletableFuture<>();

    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers.add("nothing", ChannelOutboundHandlerAdapter::new);
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) {
      return given;
    }
  }

  private final Patient service = new Patient();
  private final PeerSocket socket = new PeerSocket();
  private final MovedClient client = new MovedClient(service);
  private final EmbeddedChannel channel = client.channel();
  private final Connection connection = HostedConnection.of(channel);

  ReadingTest() {
    channel.pipeline().addFirst(socket);
  }

  @AfterEach
  void close() {
    socket.peerReads = true;
    client.close();
  }

  private boolean isRead() {
    return channel.config().isAutoRead();
  }

  private void peerReads(boolean reads) {
    socket.peerReads = reads;
    if (!reads) {
      channel.write(Unpooled.wrappedBuffer(new byte[128 * 1024]));
    }
    channel.flush();
    channel.runPendingTasks();
    assertThat(channel.isWritable()).isEqualTo(reads);
  }

  @Test
  void aServiceStopsReadingAndReadsAgain() {
    connection.reads(false);
    connection.reads(false);
    assertThat(isRead()).isFalse();
    connection.reads(true);
    assertThat(isRead()).isTrue();
  }

  @Test
  void anotherThreadIsHeardInTheEventLoop() throws Exception {
    Thread other = Thread.startVirtualThread(() -> connection.reads(false));
    other.join();
    channel.runPendingTasks();
    assertThat(isRead()).isFalse();
  }

  /** Netty tells of a change later than it can be seen, so that both are told of at its end. */
  @Test
  void aReadThatMetAPeerThatWasSlowForAMomentIsMadeUpFor() {
    int before = socket.reads;
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    channel.pipeline().lastContext().read();
    assertThat(socket.reads).as("held back").isEqualTo(before);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
    assertThat(socket.reads).as("made up for").isEqualTo(before + 1);
  }

  /** Which {@code autoRead} alone could not tell: it says no already. */
  @Test
  void whatTheServiceWantsWhileThePeerIsSlowIsNotForgotten() {
    peerReads(false);
    connection.reads(false);
    peerReads(true);
    assertThat(isRead()).as("the service does not want it").isFalse();
    connection.reads(true);
    assertThat(isRead()).isTrue();
  }

  @Test
  void aSlowPeerIsNotReadAlthoughTheServiceWants() {
    connection.reads(false);
    peerReads(false);
    connection.reads(true);
    assertThat(isRead()).isFalse();
    peerReads(true);
    assertThat(isRead()).isTrue();
  }

  @Test
  void aFlagThatIsSetAgainstASlowPeerWaits() {
    channel.config().setAutoRead(false);
    peerReads(false);
    socket.reads = 0;
    channel.config().setAutoRead(true);
    assertThat(isRead()).isFalse();
    assertThat(socket.reads).isZero();
    peerReads(true);
    assertThat(isRead()).isTrue();
  }

  @Test
  void aServiceThatIsNotReadMayAskForOne() {
    connection.reads(false);
    socket.reads = 0;
    channel.read();
    assertThat(socket.reads).isEqualTo(1);
    assertThat(isRead()).isFalse();
  }

  @Test
  void theNextVersionIsReadWhateverTheLastOneWanted() {
    connection.reads(false);
    client.succeededBy("2.0.0", new Patient());
    service.given.complete(Handed.nothing());
    assertThat(client.move()).isCompleted();
    assertThat(client.version()).isEqualTo("2.0.0");
    assertThat(isRead()).isTrue();
  }

  @Test
  void aSlowPeerStaysUnreadOverAHandOver() {
    connection.reads(false);
    peerReads(false);
    client.succeededBy("2.0.0", new Patient());
    service.given.complete(Handed.nothing());
    assertThat(client.move()).isCompleted();
    assertThat(client.version()).isEqualTo("2.0.0");
    assertThat(isRead()).as("the peer is still slow").isFalse();
    peerReads(true);
    assertThat(isRead()).isTrue();
  }

  @Test
  void theNextVersionMayStopReadingAsItTakesUp() {
    PipelineService quiet =
        (connection, handed, handlers) -> {
          connection.reads(false);
          handlers.add("nothing", ChannelOutboundHandlerAdapter::new);
        };
    client.succeededBy("2.0.0", quiet);
    service.given.complete(Handed.nothing());
    assertThat(client.move()).isCompleted();
    assertThat(client.version()).isEqualTo("2.0.0");
    assertThat(isRead()).isFalse();
  }

  @Test
  void aVersionThatStaysKeepsItsReason() {
    connection.reads(false);
    client.succeededBy("2.0.0", new Patient());
    service.given.completeExceptionally(new IllegalStateException("not now"));
    assertThat(client.move()).isCompleted();
    assertThat(client.version()).isEqualTo("1.0.0");
    assertThat(isRead()).isFalse();
    connection.reads(true);
    assertThat(isRead()).isTrue();
    client.after(Duration.ofSeconds(1));
  }
}
