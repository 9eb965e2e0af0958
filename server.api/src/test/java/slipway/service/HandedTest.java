package slipway.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandedTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void whatIsGivenIsRead() {
    Handed part = Handed.nothing().with("at", NOW);
    Handed handed =
        Handed.nothing()
            .with("name", "ann")
            .with("seen", 7)
            .with("muted", true)
            .with("since", NOW)
            .with("pause", Duration.ofSeconds(3))
            .with("key", new byte[] {1, 2})
            .with("rooms", List.of("lobby", "attic"))
            .with("part", part)
            .from("1.2.0");

    assertThat(handed.text("name")).contains("ann");
    assertThat(handed.number("seen")).hasValue(7);
    assertThat(handed.flag("muted")).isTrue();
    assertThat(handed.instant("since")).contains(NOW);
    assertThat(handed.duration("pause")).contains(Duration.ofSeconds(3));
    assertThat(handed.bytes("key")).hasValue(new byte[] {1, 2});
    assertThat(handed.texts("rooms")).containsExactly("lobby", "attic");
    assertThat(handed.part("part").instant("at")).contains(NOW);
    assertThat(handed.from()).isEqualTo("1.2.0");
    assertThat(handed.part("part").from()).isEqualTo("1.2.0");
  }

  @Test
  void whatIsMissingAndWhatIsOfAnotherTypeAreAnsweredAlike() {
    Handed other = Handed.of(Map.of("key", List.of(1, 2)));
    for (Handed handed : List.of(Handed.nothing(), other)) {
      assertThat(handed.text("key")).isEmpty();
      assertThat(handed.number("key")).isEmpty();
      assertThat(handed.flag("key")).isFalse();
      assertThat(handed.flag("key", true)).isTrue();
      assertThat(handed.instant("key")).isEmpty();
      assertThat(handed.duration("key")).isEmpty();
      assertThat(handed.bytes("key")).isEmpty();
      assertThat(handed.texts("key")).isEmpty();
      assertThat(handed.part("key").isEmpty()).isTrue();
    }
  }

  @Test
  void numbersOfAllIntegralTypesAreNumbers() {
    Handed handed = Handed.of(Map.of("a", 1, "b", 2L, "c", (short) 3, "d", (byte) 4, "e", 5.0));
    assertThat(handed.number("a")).hasValue(1);
    assertThat(handed.number("b")).hasValue(2);
    assertThat(handed.number("c")).hasValue(3);
    assertThat(handed.number("d")).hasValue(4);
    assertThat(handed.number("e")).isEmpty();
  }

  @Test
  void mapsKeepTheirKeysOfWhateverType() {
    Handed handed = Handed.of(Map.of("ignored", Map.of(7L, "bob"), "part", Map.of("a", 1, 2, 3)));
    assertThat(handed.toMap()).containsEntry("ignored", Map.of(7L, "bob"));
    assertThat(Handed.of(handed.toMap())).isEqualTo(handed);
    assertThat(handed.part("part").number("a")).hasValue(1);
    assertThat(handed.part("part").toMap()).containsOnlyKeys("a");
  }

  @Test
  void nobodyCanChangeItLater() {
    List<String> list = new ArrayList<>(List.of("a"));
    Map<Integer, Object> numbers = new HashMap<>(Map.of(1, list));
    Map<String, Object> map = new HashMap<>(Map.of("list", list, "numbers", numbers));
    byte[] bytes = {1};
    Handed handed = Handed.of(map).with("bytes", bytes);
    list.add("b");
    map.put("more", "c");
    numbers.put(2, "d");
    bytes[0] = 2;
    handed.bytes("bytes").orElseThrow()[0] = 3;

    assertThat(handed.texts("list")).containsExactly("a");
    assertThat(handed.text("more")).isEmpty();
    assertThat(handed.toMap()).containsEntry("numbers", Map.of(1, List.of("a")));
    assertThat(handed.bytes("bytes")).hasValue(new byte[] {1});
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> handed.toMap().put("x", "y"));
  }

  @Test
  void itsTextTellsNoSecrets() {
    assertThat(Handed.nothing().with("password", "xyzzy").toString())
        .contains("password")
        .doesNotContain("xyzzy");
  }

  @Test
  void itIsEqualToOneOfTheSameContent() {
    Handed one = Handed.nothing().with("a", 1).with("b", new byte[] {1});
    Handed other = Handed.nothing().with("b", new byte[] {1}).with("a", 1);
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(other.from("1.0.0")).isNotEqualTo(other.with("a", 2));
  }
}
