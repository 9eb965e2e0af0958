package slipway.bots.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighboursTest {

  private static final int IDS = 300;

  private final Neighbours neighbours = new Neighbours();

  private Map<Long, Integer> all() {
    Map<Long, Integer> all = new HashMap<>();
    neighbours.forEach(all::put);
    return all;
  }

  @Test
  void itKnowsAsMuchAsAMapAfterAnyChanges() {
    Random random = new Random(5);
    Map<Long, Integer> map = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      long id = (long) random.nextInt(IDS) << random.nextInt(2) * 20;
      int place = random.nextInt();
      switch (random.nextInt(3)) {
        case 0 -> assertThat(neighbours.add(id, place)).isEqualTo(map.put(id, place) == null);
        case 1 -> assertThat(neighbours.move(id, place)).isEqualTo(map.replace(id, place) != null);
        default -> assertThat(neighbours.remove(id)).isEqualTo(map.remove(id) != null);
      }
      assertThat(neighbours.size()).isEqualTo(map.size());
    }
    assertThat(all()).isEqualTo(map);
    neighbours.clear();
    assertThat(neighbours.size()).isZero();
    assertThat(all()).isEmpty();
  }

  @Test
  void theSameAreThoseAtTheSamePlaces() {
    Neighbours others = new Neighbours();
    neighbours.add(1, 10);
    neighbours.add(2, 20);
    others.add(2, 20);
    assertThat(neighbours.areSame(others)).isFalse();
    others.add(1, 11);
    assertThat(neighbours.areSame(others)).isFalse();
    others.move(1, 10);
    assertThat(neighbours.areSame(others)).isTrue();
    others.add(3, 10);
    assertThat(neighbours.areSame(others)).isFalse();
  }
}
