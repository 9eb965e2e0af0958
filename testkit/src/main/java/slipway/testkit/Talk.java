package slipway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.ChannelHandler;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is the same in all runs: what the client says, and what is made of what it hears.
 *
 * @param messages each sent in one piece unless it is cut
 * @param protocol makes what the client speaks beneath its messages; null for nothing
 * @param work does the next thing of what is done elsewhere; false if there is none
 * @param ear leaves out of what was heard what a hand-off adds to it
 */
record Talk(
    List<byte[]> messages,
    Supplier<? extends ChannelHandler> protocol,
    BooleanSupplier work,
    UnaryOperator<String> ear) {

  /** Where a cut is, in words. */
  String words(Cut cut) {
    return where(cut.at())
        + (cut.single() > 0 ? ", and what follows byte by byte" : "")
        + (cut.steps() < Cut.MOST_STEPS
            ? ", before the rest of what is done elsewhere, of which this much is done: "
                + cut.steps()
            : "");
  }

  private String where(int cut) {
    if (cut == Cut.NEVER) {
      return "without a hand-off";
    }
    if (protocol != null) {
      return "cut after this many bytes of what is sent: " + cut;
    }
    int from = 0;
    for (int number = 0; number < messages.size(); number++) {
      byte[] message = messages.get(number);
      if (cut < from + message.length) {
        return "cut in message "
            + (number + 1)
            + " after "
            + Quoted.of(new String(message, 0, cut - from, ISO_8859_1));
      }
      from += message.length;
    }
    return "cut after the last message";
  }
}
