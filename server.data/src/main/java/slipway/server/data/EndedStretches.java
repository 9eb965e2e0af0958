package slipway.server.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The stretches that have ended and have connections left, which work still holds: they are closed
 * once they are back. Only the {@link Keeper}'s thread calls it.
 */
final class EndedStretches {

  private final List<Stretch> left = new ArrayList<>();

  /** A stretch has ended. */
  void add(Stretch ended) {
    ended.renew();
    left.add(ended);
  }

  /** Closes those in which no work runs. */
  void closeIdle() {
    close(Stretch::isIdle);
  }

  /** Closes all, under those that work in them. */
  void closeAll() {
    close(stretch -> true);
  }

  private void close(Predicate<Stretch> which) {
    for (Stretch stretch : left.stream().filter(which).toList()) {
      left.remove(stretch);
      // the network may take its time
      Thread.ofPlatform().daemon().name("slipway-data-close").start(stretch::close);
    }
  }
}
