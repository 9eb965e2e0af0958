package slipway.services.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.local.LocalAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoorsTest {

  private long now = -1;
  private final Doors doors = new Doors(() -> now);

  private static SocketAddress address(String host) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(host), 7);
  }

  @Test
  void anAddressHasSoManyConnectionsAndNoMore() throws Exception {
    SocketAddress one = address("192.0.2.1");
    assertThat(doors.enter(one, 2)).isTrue();
    assertThat(doors.enter(one, 2)).isTrue();
    assertThat(doors.enter(one, 2)).isFalse();
    assertThat(doors.enter(address("192.0.2.2"), 2)).isTrue();
    assertThat(doors.enter(one, 3)).as("the limit was raised").isTrue();
    doors.leave(one);
    doors.leave(one);
    assertThat(doors.enter(one, 2)).isTrue();
  }

  @Test
  void whoIsRefusedIsNotCounted() throws Exception {
    SocketAddress one = address("192.0.2.1");
    doors.enter(one, 1);
    for (int i = 0; i < 10; i++) {
      assertThat(doors.enter(one, 1)).isFalse();
    }
    doors.leave(one);
    assertThat(doors.enter(one, 1)).isTrue();
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    assertThat(doors.enter(address("2001:db8::1"), 1)).isTrue();
    assertThat(doors.enter(address("2001:db8::ffff:2"), 1)).isFalse();
    assertThat(doors.enter(address("2001:db8:0:1::1"), 1)).isTrue();
  }

  @Test
  void whoHasNoAddressIsNotLimited() {
    LocalAddress local = new LocalAddress("here");
    for (int i = 0; i < 10; i++) {
      assertThat(doors.enter(local, 1)).isTrue();
      doors.failed(local);
      assertThat(doors.mayTry(local, 1)).isTrue();
    }
    doors.leave(local);
  }

  @Test
  void wrongPasswordsAreForgottenTenMinutesAfterTheLast() throws Exception {
    SocketAddress one = address("192.0.2.1");
    doors.failed(one);
    now += TimeUnit.MINUTES.toNanos(9);
    doors.failed(one);
    assertThat(doors.mayTry(one, 2)).isFalse();
    assertThat(doors.mayTry(one, 3)).isTrue();
    assertThat(doors.mayTry(address("192.0.2.2"), 1)).isTrue();
    now += TimeUnit.MINUTES.toNanos(10);
    assertThat(doors.mayTry(one, 2)).isFalse();
    now += 1;
    assertThat(doors.mayTry(one, 1)).isTrue();
  }

  @Test
  void addressesThatAreRememberedAreLimited() throws Exception {
    SocketAddress first = address("192.0.2.1");
    doors.failed(first);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      doors.failed(new InetSocketAddress(InetAddress.getByAddress(bytes), 7));
    }
    assertThat(doors.mayTry(first, 1)).as("the oldest is forgotten").isTrue();
  }
}
