package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import slipway.server.core.life.Parting;
import slipway.server.core.life.TestLeases;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.GoingAway.Reason;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;

/** What the handlers of a connection hear before it is closed. */
class GoingAwayTest {

  private static final Duration SHORT = Duration.ofMillis(1);

  private final List<GoingAway> heard = new ArrayList<>();

  /** Says what it hears to the client. */
  private class Listener extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof GoingAway news) {
        heard.add(news);
        context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), news.reason() + " "));
        passOn(context, event);
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    void passOn(ChannelHandlerContext context, Object event) {
      context.fireUserEventTriggered(event);
    }
  }

  /** Has more to say than can be said at once. */
  private final class Keeper extends Listener {
    @Override
    void passOn(ChannelHandlerContext context, Object event) {}
  }

  private final class Described implements PipelineService {
    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers.add("listener", Listener::new);
    }
  }

  /** Is asked for its connections, and does not give them up yet. */
  private final class Reluctant implements PipelineService {
    private final CompletableFuture<Handed> given = new CompletableFuture<>();

    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers.add("listener", Listener::new);
    }

    @Override
    public CompletionStage<Handed> giveUp(Connection connection) {
      return given;
    }
  }

  private Service adding(Listener listener) {
    return connection -> connection.channel().pipeline().addLast(listener);
  }

  private static Connection connection(MovedClient client) {
    return HostedConnection.of(client.channel());
  }

  @Test
  void theLastWordClosesWhoLetsItPassOnceAllIsSent() {
    MovedClient client = new MovedClient(adding(new Listener()));
    client.hears(Parting.now(Reason.LOCKED));
    assertThat(client.received()).isEqualTo("LOCKED ");
    assertThat(client.channel().isOpen()).isFalse();
    client.close();
  }

  @Test
  void whoKeepsTheLastWordHasUntilTheDeadline() {
    MovedClient client = new MovedClient(adding(new Keeper()));
    client.hears(Parting.now(Reason.LOCKED)).after(Parting.GRACE.minus(SHORT));
    assertThat(client.channel().isOpen()).isTrue();
    client.after(SHORT);
    assertThat(client.channel().isOpen()).isFalse();
    client.close();
  }

  @Test
  void aWordBeforeTheLastChangesNothing() {
    MovedClient client = new MovedClient(adding(new Listener()));
    GoingAway news = Parting.within(Reason.DRAINED, Duration.ofMinutes(5));
    client.hears(news).after(Duration.ofMinutes(6));
    assertThat(client.channel().isOpen()).isTrue();
    assertThat(heard).containsExactly(news);
    assertThat(connection(client).goingAway()).contains(news);
    client.close();
  }

  @Test
  void whoIsHandedOverHearsNothing() {
    MovedClient client = new MovedClient(new Described());
    TestLeases.goesAway(client.version(connection(client)), Reason.REPLACED);
    client.succeededBy("2.0.0", new Described()).move();
    assertThat(client.version()).isEqualTo("2.0.0");
    assertThat(heard).isEmpty();
    assertThat(connection(client).goingAway()).isEmpty();
    client.close();
  }

  @Test
  void whoStaysHearsThatItsVersionIsReplacedOnce() {
    MovedClient client = new MovedClient(adding(new Listener()));
    TestLeases.goesAway(client.version(connection(client)), Reason.REPLACED);
    client.succeededBy("2.0.0", new Described()).move();
    client.move();
    assertThat(client.version()).isEqualTo("1.0.0");
    assertThat(heard).extracting(GoingAway::reason).containsExactly(Reason.REPLACED);
    client.close();
  }

  @Test
  void whoIsOnItsWayHearsItIfItStays() {
    MovedClient client = new MovedClient(new Reluctant());
    TestLeases.goesAway(client.version(connection(client)), Reason.REPLACED);
    client.succeededBy("2.0.0", new Described()).move();
    client.hears(Parting.within(Reason.DRAINED, Duration.ofMinutes(5)));
    assertThat(heard).isEmpty();
    client.after(MovedClient.LIMIT);
    assertThat(heard).extracting(GoingAway::reason).containsExactly(Reason.DRAINED);
    client.close();
  }

  @Test
  void whoIsOnItsWayIsClosedIfItHasToGo() {
    MovedClient client = new MovedClient(new Reluctant());
    client.succeededBy("2.0.0", new Described()).move();
    client.hears(Parting.now(Reason.LOCKED));
    assertThat(client.channel().isOpen()).isFalse();
    client.close();
  }

  @Test
  void whoIsOnItsWayHearsThatTheHostEndsFromTheNextVersion() {
    Reluctant first = new Reluctant();
    MovedClient client = new MovedClient(first);
    client.succeededBy("2.0.0", new Described()).move();
    client.hostEnds(Duration.ofMinutes(1));
    assertThat(heard).isEmpty();
    first.given.complete(Handed.nothing());
    client.after(Duration.ZERO);
    assertThat(client.version()).isEqualTo("2.0.0");
    assertThat(heard).extracting(GoingAway::reason).containsExactly(Reason.HOST_ENDS);
    client.close();
  }

  @Test
  void aBundleFindsTheConnectionsThatItServes() {
    MovedClient client = new MovedClient(adding(new Listener()));
    assertThat(client.servedBy(TestLeases.BUNDLE)).containsExactly(connection(client));
    assertThat(client.servedBy(TestLeases.BUNDLE + 1)).isEmpty();
    client.channel().close();
    assertThat(client.servedBy(TestLeases.BUNDLE)).isEmpty();
    client.close();
  }

  @Test
  void allHearThatTheHostEnds() throws InterruptedException {
    MovedClient client = new MovedClient(adding(new Listener()));
    client.hostEnds(Duration.ofMinutes(1));
    assertThat(heard).extracting(GoingAway::reason).containsExactly(Reason.HOST_ENDS);
    assertThat(connection(client).goingAway()).isPresent();
    client.hostStays();
    assertThat(connection(client).goingAway()).isEmpty();
    client.close();
  }
}
