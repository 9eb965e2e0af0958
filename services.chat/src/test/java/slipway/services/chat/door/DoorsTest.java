package slipway.services.chat.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.local.LocalAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import slipway.account.AccountName;
import slipway.services.chat.door.Doors.Verdict;

class DoorsTest {

  private static final AccountName ANN = AccountName.of("ann");
  private static final AccountName BOB = AccountName.of("bob");
  private static final int MANY = 1_000_000;

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
      Doors.Try begun = doors.begin(local, ANN, 1, 1);
      assertThat(begun.verdict()).isEqualTo(Verdict.OPEN);
      begun.wrong();
    }
    doors.leave(local);
  }

  private void wrong(SocketAddress address, AccountName name) {
    doors.begin(address, name, MANY, MANY).wrong();
  }

  private Verdict ask(SocketAddress address, AccountName name, int ofAddress, int ofName) {
    Doors.Try begun = doors.begin(address, name, ofAddress, ofName);
    begun.dropped();
    return begun.verdict();
  }

  @Test
  void wrongPasswordsAreForgottenTenMinutesAfterTheLast() throws Exception {
    SocketAddress one = address("192.0.2.1");
    wrong(one, ANN);
    now += TimeUnit.MINUTES.toNanos(9);
    wrong(one, ANN);
    assertThat(ask(one, ANN, 2, MANY)).isEqualTo(Verdict.ADDRESS_SHUT);
    assertThat(ask(one, ANN, 3, MANY)).isEqualTo(Verdict.OPEN);
    assertThat(ask(address("192.0.2.2"), ANN, 1, MANY)).isEqualTo(Verdict.OPEN);
    now += TimeUnit.MINUTES.toNanos(10);
    assertThat(ask(one, ANN, 2, MANY)).isEqualTo(Verdict.ADDRESS_SHUT);
    now += 1;
    assertThat(ask(one, ANN, 1, MANY)).isEqualTo(Verdict.OPEN);
  }

  @Test
  void triesThatAreUnderWayCountUntilTheyEnd() throws Exception {
    SocketAddress one = address("192.0.2.1");
    Doors.Try first = doors.begin(one, ANN, 2, MANY);
    Doors.Try second = doors.begin(one, BOB, 2, MANY);
    assertThat(ask(one, ANN, 2, MANY)).isEqualTo(Verdict.LATER);
    first.right();
    assertThat(ask(one, ANN, 2, MANY)).as("a right one is given back").isEqualTo(Verdict.OPEN);
    second.wrong();
    second.wrong();
    assertThat(ask(one, ANN, 2, MANY)).as("it ends once").isEqualTo(Verdict.OPEN);
    wrong(one, BOB);
    assertThat(ask(one, ANN, 2, MANY)).isEqualTo(Verdict.ADDRESS_SHUT);
  }

  @Test
  void ofGuessesThatComeTogetherAsManyAreComparedAsMayBeWrong() throws Exception {
    SocketAddress one = address("192.0.2.1");
    List<Doors.Try> open =
        IntStream.range(0, 90)
            .mapToObj(i -> doors.begin(one, ANN, 20, MANY))
            .filter(begun -> begun.verdict() == Verdict.OPEN)
            .toList();
    assertThat(open).hasSize(20);
    open.forEach(Doors.Try::wrong);
    assertThat(ask(one, ANN, 20, MANY)).isEqualTo(Verdict.ADDRESS_SHUT);
  }

  @Test
  void aNameThatIsGuessedFromEverywhereIsShutExceptToItsHome() throws Exception {
    doors.begin(address("192.0.2.1"), ANN, MANY, 3).right();
    for (int i = 2; i < 5; i++) {
      wrong(address("192.0.2." + i), ANN);
    }
    assertThat(ask(address("192.0.2.9"), ANN, MANY, 3)).isEqualTo(Verdict.NAME_SHUT);
    assertThat(ask(address("192.0.2.9"), BOB, MANY, 3)).isEqualTo(Verdict.OPEN);
    assertThat(ask(address("192.0.2.1"), ANN, MANY, 3)).isEqualTo(Verdict.OPEN);
  }

  @Test
  void addressesThatAreRememberedAreLimited() throws Exception {
    SocketAddress first = address("192.0.2.1");
    wrong(first, ANN);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      wrong(new InetSocketAddress(InetAddress.getByAddress(bytes), 7), BOB);
    }
    assertThat(ask(first, ANN, 1, MANY)).as("the oldest is forgotten").isEqualTo(Verdict.OPEN);
  }
}
