package slipway.server.profile.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import slipway.command.Call;
import slipway.command.CommandException;

/** What the verb {@code flame} of {@code profile} does. */
final class FlameVerb {

  private static final String VERB = "profile flame";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Flames flames;
  private final NewFile files;
  private final Call call;

  FlameVerb(Flames flames, NewFile files, Call call) {
    this.flames = flames;
    this.files = files;
    this.call = call;
  }

  /**
   * Makes a flame graph, and says where it is.
   *
   * @param name of the file; null for one of its own
   */
  void run(FlameSpec spec, String name) throws CommandException, InterruptedException {
    if (spec.time().compareTo(SHORTEST) < 0 || spec.time().compareTo(LONGEST) > 0) {
      throw new CommandException(VERB + ": --for: allowed is 1s to " + LONGEST.toMinutes() + "m");
    }
    if (spec.service() != null && !flames.services().contains(spec.service())) {
      throw new CommandException(
          VERB
              + ": there is no service "
              + spec.service()
              + ": allowed are "
              + String.join(", ", flames.services()));
    }
    AtomicLong samples = new AtomicLong();
    Path file =
        files.fill(
            VERB, call.directory(), name, "flame", ".html", html -> samples.set(draw(spec, html)));
    call.out().print(samples + " samples are in " + file + "\n");
  }

  private long draw(FlameSpec spec, Path html)
      throws IOException, CommandException, InterruptedException {
    try {
      return flames.draw(
          spec, html, left -> call.waits("the recording: " + left.toSeconds() + " s are left"));
    } catch (CommandException | IllegalStateException refused) {
      throw new CommandException(VERB + ": " + refused.getMessage(), refused);
    }
  }
}
