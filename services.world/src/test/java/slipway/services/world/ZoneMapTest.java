package slipway.services.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZoneMapTest {

  private static Player player(String name, int x, int y) {
    return new Player(null, 1, name, x, y);
  }

  private static List<String> drawn(int columns, int rows, Player... players) {
    return new ZoneMap("meadow", List.of(players), columns, rows).draw();
  }

  @Test
  void playersAreTheirFirstLettersAndTheirNamesStandBelow() {
    assertThat(drawn(40, 8, player("bob", 999, 999), player("ann", 0, 0)))
        .containsExactly(
            "meadow: 2 players",
            "    +0------------------------------999+",
            "  0 |a                                 |",
            "    |                                  |",
            "    |                                  |",
            "999 |                                 b|",
            "    +----------------------------------+",
            "a ann 0,0   b bob 999,999");
  }

  @Test
  void anEmptyZoneIsDrawnToo() {
    assertThat(drawn(20, 8))
        .hasSize(8)
        .startsWith("meadow: 0 players", "    +0----------999+")
        .endsWith("    +--------------+");
  }

  @Test
  void severalAtOnePlaceAreTheirNumber() {
    Player[] two = {player("ann", 500, 500), player("bob", 501, 500)};
    assertThat(drawn(40, 12, two)).filteredOn(line -> line.contains("2  ")).hasSize(1);
    Player[] many =
        IntStream.range(0, 10).mapToObj(each -> player("a" + each, 5, 5)).toArray(Player[]::new);
    assertThat(drawn(40, 12, many).get(2)).startsWith("  0 |#  ");
  }

  @Test
  void namesForWhichThereIsNoRoomAreCounted() {
    Player[] many =
        IntStream.range(0, 100)
            .mapToObj(each -> player("player" + each, each, 999 - each))
            .toArray(Player[]::new);
    List<String> lines = drawn(80, 24, many);
    assertThat(lines).hasSize(24).allMatch(line -> line.length() <= 80);
    assertThat(lines.getLast()).matches("and \\d\\d more");
    long named = lines.stream().flatMap(line -> line.lines()).mapToLong(ZoneMapTest::places).sum();
    assertThat("and " + (100 - named) + " more").isEqualTo(lines.getLast());
  }

  private static long places(String line) {
    return line.split("player\\d", -1).length - 1L;
  }

  @Test
  void whatPlayersChooseMovesNothing() {
    List<String> lines =
        drawn(
            40,
            12,
            player("\u05d0\u05d1", 0, 0),
            player("\u5f20\u4e09", 500, 0),
            player("\u001b[2J\u202ex", 999, 0),
            player("w".repeat(500), 0, 999));
    assertThat(lines.get(2)).isEqualTo("  0 |?                ?               x|");
    assertThat(String.join("\n", lines)).doesNotContain("\u001b", "\u202e", "[2J");
    assertThat(lines).allMatch(line -> line.length() <= 40);
  }
}
