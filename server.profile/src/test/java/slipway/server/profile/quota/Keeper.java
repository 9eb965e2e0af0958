package slipway.server.profile.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Keeps as many bytes as it is told to, in pieces of a kilobyte; loaded once for each version. */
public final class Keeper implements IntConsumer {

  private static final int PIECE = 1000;

  private final List<byte[]> kept = new ArrayList<>();

  @Override
  public void accept(int bytes) {
    for (int made = 0; made < bytes; made += PIECE) {
      kept.add(new byte[PIECE]);
    }
  }
}
