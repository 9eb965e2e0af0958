package slipway.server.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.net.Dispatcher;
import slipway.net.Intake;

class TracesTest {

  private static final class Holder extends ChannelInboundHandlerAdapter {
    private final List<Object> first;
    private final Object second;

    private Holder(Object first, Object second) {
      this.first = List.of(first);
      this.second = second;
    }
  }

  /** As the framework has some that tell nothing of what is in them. */
  private static final class SilentMap extends AbstractMap<String, Object> {
    private final Object inside;

    private SilentMap(Object inside) {
      this.inside = inside;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      throw new UnsupportedOperationException("Not supported yet.");
    }

    @Override
    public Set<String> keySet() {
      throw new UnsupportedOperationException("Not supported yet.");
    }
  }

  private static final class SilentList extends AbstractList<Object> {
    @Override
    public Object get(int index) {
      throw new UnsupportedOperationException("Not supported yet.");
    }

    @Override
    public int size() {
      throw new UnsupportedOperationException("Not supported yet.");
    }
  }

  private final Version version = new Version();

  static List<Object> silent() {
    Map<String, Object> map = new SilentMap("");
    return List.of(
        new Object[] {map}, new Object[] {Collections.unmodifiableMap(map)}, new SilentList());
  }

  @ParameterizedTest
  @MethodSource("silent")
  void whatCannotBeListedHidesNothingElse(Object silent) throws Exception {
    assertThat(Traces.of(version, new Holder(silent, "nothing"))).isEmpty();
    assertThat(Traces.of(version, new Holder(silent, version.object()))).isPresent();
  }

  @Test
  void whatIsInAMapThatCannotBeListedIsFoundAllTheSame() throws Exception {
    assertThat(Traces.of(version, new Holder(new SilentMap(version.object()), ""))).isPresent();
  }

  @Test
  void whatIsInACollectionIsFound() throws Exception {
    Object left = version.object();
    assertThat(Traces.of(version, new Holder(Map.of("a", List.of(left)), ""))).isPresent();
    assertThat(Traces.of(version, new Holder(Map.of(left, "a"), ""))).isPresent();
    assertThat(Traces.of(version, new Holder(new Object[] {left}, ""))).isPresent();
  }

  @Test
  void whatIsNearIsFoundBesideMuchThatIsNot() throws Exception {
    List<Integer> much = IntStream.range(0, 100_000).boxed().toList();
    assertThat(Traces.of(version, new Holder(much, version.object()))).isPresent();
  }

  @Test
  void notAllOfACacheIsLookedAt() {
    AtomicInteger asked = new AtomicInteger();
    List<Object> cache =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            asked.incrementAndGet();
            return index;
          }

          @Override
          public int size() {
            return 1_000_000;
          }
        };
    Holder holder = new Holder(Collections.unmodifiableList(cache), "");
    assertThat(Traces.of(version, holder)).isEmpty();
    assertThat(asked.get()).isBetween(1, 10_000);
  }

  @Test
  void theWayEndsAtTheHost() throws Exception {
    Object left = version.object();
    Dispatcher host =
        new Dispatcher() {
          private final Object inside = left;

          @Override
          public void dispatch(Channel channel, Intake intake) {
            throw new AssertionError(inside);
          }
        };
    assertThat(Traces.of(version, new Holder(host, ""))).isEmpty();
  }
}
