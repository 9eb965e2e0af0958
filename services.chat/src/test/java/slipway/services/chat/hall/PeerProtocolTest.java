package slipway.services.chat.hall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Network;
import slipway.account.Role;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.Device;

/** The words are those of versions that are out: what is written here stays as it is. */
class PeerProtocolTest {

  private static final Instant UNTIL = Instant.parse("2026-01-02T03:04:05Z");
  private static final RoomName TEA = RoomName.of("Tea");

  private final List<Map<String, Object>> asked = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final Peers peers = new Peers();
  private Object answer;
  private int looks;
  private final Hall hall = new Hall(peers, () -> 0, () -> 1000, () -> 0, () -> looks++);
  private final Function<Map<String, Object>, Object> here = hall.peer();

  private final Device device =
      new Device() {
        @Override
        public long connection() {
          return 7;
        }

        @Override
        public boolean isFrom(Network network) {
          return false;
        }

        @Override
        public void show(String line) {
          shown.add(line);
        }

        @Override
        public void tell(String line, Day day) {
          shown.add(line + " on " + (day == null ? "?" : day.number()));
        }

        @Override
        public void end(String line) {
          shown.add(line + " END");
        }
      };

  @BeforeEach
  void begin() {
    hall.enter(account(3, "Ann"), device, 1);
    peers.add(
        question -> {
          asked.add(question);
          return answer;
        });
  }

  private static Account account(long id, String name) {
    return new Account(
        id, AccountName.of(name), Role.USER, Instant.EPOCH, Optional.empty(), Optional.empty());
  }

  @Test
  void whatIsAskedOfOthersIsWhatVersionsBeforeUnderstand() {
    hall.deliver(List.of());
    assertThat(asked).containsExactly(Map.of("do", "stored"));
    asked.clear();
    hall.notice(TEA, "* line", 3, 4);
    assertThat(asked)
        .containsExactly(
            Map.of("do", "notice", "room", "tea", "line", "* line", "about", 3L, "except", 4L));
    asked.clear();
    hall.end(3, "* bye");
    assertThat(asked).containsExactly(Map.of("do", "end", "account", 3L, "line", "* bye"));
    asked.clear();
    hall.enter(account(4, "Bob"), device, 1);
    assertThat(asked).containsExactly(Map.of("do", "claim", "name", "Bob", "account", 4L));
    asked.clear();
    hall.pass(9, "* line", true);
    assertThat(asked)
        .containsExactly(Map.of("do", "pass", "connection", 9L, "line", "* line", "ends", true));
    asked.clear();
    hall.mute(3, Optional.of(new Mute(UNTIL, "noise", "op")));
    hall.mute(3, Optional.empty());
    assertThat(asked)
        .containsExactly(
            Map.of("do", "mute", "account", 3L, "until", UNTIL, "reason", "noise", "by", "op"),
            Map.of("do", "mute", "account", 3L));
  }

  @Test
  void whatOthersAnswerIsUnderstood() {
    Day day = Day.of(UNTIL);
    answer = "at lunch";
    assertThat(hall.tell(AccountName.of("Carl"), 3, "hi", day)).contains("at lunch");
    assertThat(asked)
        .containsExactly(
            Map.of("do", "tell", "name", "carl", "from", 3L, "line", "hi", "at", day.begin()));
    asked.clear();
    answer = 5L;
    assertThat(hall.accountOf(AccountName.of("Carl"))).contains(5L);
    assertThat(asked).containsExactly(Map.of("do", "find", "name", "carl"));
    asked.clear();
    answer = true;
    assertThat(hall.isLikeNick(Set.of("form"), 3)).isTrue();
    assertThat(asked)
        .containsExactly(Map.of("do", "like", "forms", List.of("form"), "account", 3L));
    asked.clear();
    answer = Map.of("dan", "~Dan");
    assertThat(hall.who(TEA)).containsExactly("~Dan");
    assertThat(asked).containsExactly(Map.of("do", "who", "room", "tea"));
    asked.clear();
    answer = Map.of("Tea", 2);
    assertThat(hall.isThere(TEA)).isTrue();
    assertThat(hall.rooms()).hasToString("[RoomView[name=Tea, users=2]]");
    assertThat(asked).containsExactly(Map.of("do", "rooms"), Map.of("do", "rooms"));
    answer = 2;
    assertThat(hall.end(3, "* bye")).isEqualTo(3);
  }

  @Test
  void whatVersionsBeforeAskIsAnswered() {
    assertThat(here.apply(Map.of("do", "stored"))).isNull();
    assertThat(looks).isOne();
    assertThat(here.apply(Map.of("do", "find", "name", "ann"))).isEqualTo(3L);
    assertThat(here.apply(Map.of("do", "find", "name", "bob"))).isNull();
    assertThat(
            here.apply(Map.of("do", "tell", "name", "ann", "from", 4L, "line", "hi", "at", UNTIL)))
        .isEqualTo("");
    assertThat(here.apply(Map.of("do", "tell", "name", "ann", "from", 4L, "line", "old")))
        .isEqualTo("");
    assertThat(here.apply(Map.of("do", "tell", "name", "bob", "from", 4L, "line", "no"))).isNull();
    assertThat(shown).containsExactly("hi on " + Day.of(UNTIL).number(), "old on ?");
    shown.clear();
    assertThat(here.apply(Map.of("do", "pass", "connection", 7L, "line", "* a", "ends", false)))
        .isEqualTo(true);
    assertThat(here.apply(Map.of("do", "pass", "connection", 8L, "line", "* b", "ends", false)))
        .isNull();
    assertThat(
            here.apply(
                Map.of("do", "mute", "account", 3L, "until", UNTIL, "reason", "", "by", "op")))
        .isNull();
    assertThat(here.apply(Map.of("do", "mute", "account", 3L))).isNull();
    assertThat(here.apply(Map.of("do", "end", "account", 3L, "line", "* bye"))).isEqualTo(1);
    assertThat(shown).hasSize(4).startsWith("* a").endsWith("* you may talk again", "* bye END");
    assertThat(here.apply(Map.of("do", "like", "forms", List.of("x"), "account", 3L))).isNull();
    assertThat(here.apply(Map.of("do", "in", "room", "tea", "account", 3L))).isNull();
    assertThat(here.apply(Map.of("do", "who", "room", "tea"))).isEqualTo(Map.of());
    assertThat(here.apply(Map.of("do", "rooms"))).isEqualTo(Map.of());
  }

  @Test
  void aNickThatIsTheNameOfAnAccountElsewhereIsTaken() {
    hall.users()
        .rename(hall.users().find("ann").orElseThrow(), AccountName.of("Zed"), Set.of("zed"));
    assertThat(here.apply(Map.of("do", "like", "forms", List.of("zed"), "account", 4L)))
        .isEqualTo(true);
    assertThat(here.apply(Map.of("do", "claim", "name", "Zed", "account", 9L))).isNull();
    assertThat(shown).containsExactly("* Zed is the name of a user; you are Ann again");
    assertThat(here.apply(Map.of("do", "find", "name", "zed"))).isNull();
  }

  @Test
  void aWordOfANewerVersionIsNotAnswered() {
    assertThat(here.apply(Map.of("do", "dance", "name", "ann"))).isNull();
    assertThat(here.apply(Map.of())).isNull();
  }
}
