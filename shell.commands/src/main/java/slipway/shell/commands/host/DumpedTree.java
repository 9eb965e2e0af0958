package slipway.shell.commands.host;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import slipway.dump.Dumpable;

/**
 * The live tree of the host.
 *
 * @param parts in their order
 * @param patience how long each may take
 */
record DumpedTree(List<Dumpable> parts, Duration patience) {

  List<String> titles() {
    return parts.stream().map(Dumpable::title).distinct().toList();
  }

  /**
   * Lets parts describe themselves, one after the other.
   *
   * @param chosen the titles of some; empty for all
   * @param begun takes the title of each before it begins
   * @param text takes the text of each
   */
  void describe(List<String> chosen, Consumer<String> begun, Consumer<String> text)
      throws InterruptedException {
    for (Dumpable part : parts) {
      if (chosen.isEmpty() || chosen.contains(part.title())) {
        begun.accept(part.title());
        text.accept(DumpedPart.of(part, patience));
      }
    }
  }
}
