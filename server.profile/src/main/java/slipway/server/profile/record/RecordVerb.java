package slipway.server.profile.record;

import java.io.IOException;
import slipway.admin.AdminException;
import slipway.admin.DumpAdmin;
import slipway.command.Call;
import slipway.command.CommandException;
import slipway.config.Durations;

/** What the verb {@code record} of {@code profile} does. */
final class RecordVerb {

  private static final String VERB = "profile record";

  private final LastMinutes recording;
  private final DumpAdmin dumps;
  private final Call call;

  RecordVerb(LastMinutes recording, DumpAdmin dumps, Call call) {
    this.recording = recording;
    this.dumps = dumps;
    this.call = call;
  }

  /**
   * Does it.
   *
   * @param turn what is asked for; null to say how it is
   */
  void run(RecordTurn turn) throws CommandException, InterruptedException {
    if (turn == null) {
      call.out().print(recording.isOn() ? kept("on") : "off\n");
      return;
    }
    switch (turn) {
      case on -> call.out().print(turnOn() ? kept("on") : kept("on already"));
      case off -> call.out().print(recording.turnOff() ? "off\n" : "off already\n");
      case save -> save();
    }
  }

  private boolean turnOn() throws CommandException {
    try {
      return recording.turnOn();
    } catch (IOException | IllegalStateException failed) {
      throw new CommandException(VERB + " on: " + failed.getMessage(), failed);
    }
  }

  private String kept(String state) {
    RecordRule rule = recording.rule();
    return state
        + ": the last "
        + Durations.format(rule.age())
        + ", at most "
        + rule.mebibytes()
        + " MiB, are kept\n";
  }

  /** As one of the dumps of the host: these are limited, and without secrets. */
  private void save() throws CommandException, InterruptedException {
    if (!recording.isOn()) {
      throw new CommandException(VERB + " save: nothing is recorded; begin by: profile record on");
    }
    call.waits("the recording to be written");
    try {
      call.out().print("saved: " + dumps.recording().folder() + "\n");
    } catch (AdminException refused) {
      throw new CommandException(VERB + " save: " + refused.getMessage(), refused);
    }
  }
}
