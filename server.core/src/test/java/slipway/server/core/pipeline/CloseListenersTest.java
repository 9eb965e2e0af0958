package slipway.server.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloseListenersTest {

  private final Version version = new Version();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void release() {
    channel.finishAndReleaseAll();
  }

  private ChannelFutureListener listener(String name, Object held) {
    return closed -> told.add(name + (held == null ? " of nobody" : ""));
  }

  @Test
  void whoHoldsSomethingOfAVersionListensNoMore() throws Exception {
    channel.closeFuture().addListener(listener("host", "nothing"));
    CloseListeners listeners = new CloseListeners(channel);
    channel.closeFuture().addListener(listener("left", version.object()));
    channel.closeFuture().addListener(listener("other", "nothing"));
    channel.closeFuture().addListener(listener("left too", List.of(version.object())));

    assertThat(listeners.count(version)).isEqualTo(2);
    assertThat(listeners.remove(version)).isEqualTo(2);
    assertThat(listeners.count(version)).isZero();
    channel.close();
    assertThat(told).containsExactly("host", "other");
  }

  @Test
  void whoListenedBeforeAnyServiceIsNotLookedInto() throws Exception {
    channel.closeFuture().addListener(listener("host", version.object()));
    channel.closeFuture().addListener(listener("host too", version.object()));
    CloseListeners listeners = new CloseListeners(channel);

    assertThat(listeners.remove(version)).isZero();
    channel.close();
    assertThat(told).containsExactly("host", "host too");
  }

  @Test
  void aListenerThatClaimsToBeEqualToAnyIsFound() throws Exception {
    channel.closeFuture().addListener(listener("host", "nothing"));
    CloseListeners listeners = new CloseListeners(channel);
    Object left = version.object();
    channel
        .closeFuture()
        .addListener(
            new ChannelFutureListener() {
              @Override
              public void operationComplete(ChannelFuture closed) {
                told.add("left " + left);
              }

              @Override
              public boolean equals(Object other) {
                return true;
              }

              @Override
              public int hashCode() {
                return 0;
              }
            });

    assertThat(listeners.count(version)).isEqualTo(1);
  }
}
