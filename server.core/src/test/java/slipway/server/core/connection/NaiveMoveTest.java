package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.redis.RedisDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import slipway.server.core.pipeline.ServiceHandlers;
import slipway.service.Service;

/** Services that add Netty's codecs by themselves, in versions that have classes of their own. */
class NaiveMoveTest {

  private static final String TALK =
      "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\n12\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n*1\r\n$4\r\nPING\r\n";

  private static MovedClient client(String first, String second) throws Exception {
    return new MovedClient(VersionLoader.version(NaiveRedis.class, first))
        .succeededBy("2.0.0", VersionLoader.version(NaiveRedis.class, second));
  }

  @Test
  void codecsStayAndTheNewOnesAreNotNeeded() throws Exception {
    MovedClient client = client("one", "two");
    RedisDecoder decoder = client.channel().pipeline().get(RedisDecoder.class);
    client.send(TALK.substring(0, 20));
    assertThat(client.move()).isCompleted();
    client.send(TALK.substring(20));
    assertThat(client.received()).isEqualTo("+two:SET a 12\r\n+two:GET a\r\n+two:PING\r\n");
    assertThat(client.version()).isEqualTo("2.0.0");
    assertThat(client.channel().pipeline().get(RedisDecoder.class)).isSameAs(decoder);
    assertThat(ServiceHandlers.in(client.channel().pipeline())).hasSize(5);
    client.close();
  }

  @Test
  void atEachByteTheClientNoticesNothing() throws Exception {
    for (String name : new String[] {"x", "named", "framed"}) {
      for (int cut = 0; cut <= TALK.length(); cut++) {
        for (int chunk : new int[] {1, 7, TALK.length()}) {
          MovedClient client = client(name, name);
          client.send(TALK.substring(0, cut));
          client.move();
          for (int at = cut; at < TALK.length(); at += chunk) {
            client.send(TALK.substring(at, Math.min(TALK.length(), at + chunk)));
          }
          assertThat(client.received())
              .as("%s cut at %d, then by %d", name, cut, chunk)
              .isEqualTo("+x:SET a 12\r\n+x:GET a\r\n+x:PING\r\n".replace("x", name));
          client.close();
        }
      }
    }
  }

  @Test
  void aVersionThatWantsToStandInFrontOfThemGetsTheConnectionAtABoundary() throws Exception {
    MovedClient client = client("one", "front");
    client.send(TALK.substring(0, 20));
    client.move();
    client.send(TALK.substring(20));
    assertThat(client.received()).isEqualTo("+one:SET a 12\r\n+front:GET a\r\n+front:PING\r\n");
    client.close();
  }

  /** What a framer lets through is whole, so the decoder behind it is at a boundary each time. */
  @Test
  void aCodecBehindAFramerOfTheVersionsOwnGoesAtOnce() throws Exception {
    MovedClient client = client("framed one", "framed two");
    client.send("*1\r\n$4\r\nPING\r\n".repeat(3));
    client.received();
    client.send(TALK.substring(0, 20));
    assertThat(client.move()).isCompleted();
    assertThat(client.version()).isEqualTo("2.0.0");
    client.send(TALK.substring(20));
    assertThat(client.received())
        .isEqualTo("+framed two:SET a 12\r\n+framed two:GET a\r\n+framed two:PING\r\n");
    client.close();
  }

  @Test
  void anErrorInTakingUpLeavesThemToTheOldVersion() throws Exception {
    MovedClient client = client("one", "fails");
    client.send(TALK.substring(0, 20));
    CompletableFuture<Void> moved = client.move();
    assertThat(moved).isCompleted();
    client.send(TALK.substring(20));
    assertThat(client.received()).isEqualTo("+one:SET a 12\r\n+one:GET a\r\n+one:PING\r\n");
    assertThat(ServiceHandlers.in(client.channel().pipeline())).hasSize(5);
    client.close();
  }

  @Test
  void anAttributeThatTheOldVersionHasLeftIsCleared() throws Exception {
    MovedClient client = client("attribute", "two");
    assertThat(client.channel().attr(NaiveRedis.LEFT).get()).isNotNull();
    client.move();
    assertThat(client.channel().attr(NaiveRedis.LEFT).get()).isNull();
    assertThat(HostedConnection.of(client.channel())).as("the host's stay").isNotNull();
    client.close();
  }

  @Test
  void whoListensToTheCloseForTheOldVersionDoesSoNoMore() throws Exception {
    Service one = VersionLoader.version(NaiveRedis.class, "listens");
    ClassLoader loader = one.getClass().getClassLoader();
    MovedClient client = new MovedClient(one);
    List<String> closed = new ArrayList<>();
    client.channel().closeFuture().addListener(future -> closed.add("told"));
    assertThat(client.holdersOf(loader))
        .contains("connection 1 (moved) has a listener to its close that is one, or holds one");
    client.succeededBy("2.0.0", VersionLoader.version(NaiveRedis.class, "two")).move();
    assertThat(client.holdersOf(loader)).isEmpty();
    client.channel().close();
    assertThat(closed).as("others are told").containsExactly("told");
    client.close();
  }

  @Test
  void aCodecThatHoldsSomethingOfItsVersionGoesWithItAtABoundary() throws Exception {
    MovedClient client = client("callback", "two");
    RedisDecoder decoder = client.channel().pipeline().get(RedisDecoder.class);
    client.send(TALK.substring(0, 20));
    client.move();
    client.send(TALK.substring(20));
    assertThat(client.received()).isEqualTo("+callback:SET a 12\r\n+two:GET a\r\n+two:PING\r\n");
    assertThat(client.channel().pipeline().get(RedisDecoder.class)).isNotSameAs(decoder);
    client.close();
  }

  @Test
  void whatHoldsObjectsOfAVersionIsNamed() throws Exception {
    Service one = VersionLoader.version(NaiveRedis.class, "callback attribute");
    MovedClient client = new MovedClient(one);
    client.channel().attr(NaiveRedis.LEFT).set(one);
    assertThat(client.holdersOf(one.getClass().getClassLoader()))
        .containsExactlyInAnyOrder(
            "connection 1 (moved) has its handlers",
            "connection 1 (moved) has a handler of another bundle, RedisDecoder#0, that holds a "
                + NaiveRedis.class.getName()
                + "$Callback",
            "connection 1 (moved) has an attribute, left-behind, that holds one");
    client.close();
  }
}
