package slipway.server.profile;

import java.time.Clock;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;
import slipway.server.profile.record.Recordings;
import slipway.server.profile.top.Profiler;

/** The command {@code profile}. */
@Component
@CommandName(
    name = "profile",
    help =
        "Shows which service uses the processor and the memory, and times sections of services'"
            + " work.",
    order = 68)
public final class ProfileCommand implements Command {

  private final Switch sections;
  private final Profiler profiler;
  private final Recordings recordings;
  private final InstantSource clock;

  /** For Declarative Services. */
  @Activate
  public ProfileCommand(
      @Reference Switch sections, @Reference Profiler profiler, @Reference Recordings recordings) {
    this(sections, profiler, recordings, Clock.systemUTC());
  }

  ProfileCommand(Switch sections, Profiler profiler, Recordings recordings, InstantSource clock) {
    this.sections = sections;
    this.profiler = profiler;
    this.recordings = recordings;
    this.clock = clock;
  }

  @Override
  public Object grammar(Call call) {
    return new ProfileVerbs(sections, profiler, recordings, clock, call);
  }
}
