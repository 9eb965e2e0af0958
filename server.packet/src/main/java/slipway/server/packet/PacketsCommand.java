package slipway.server.packet;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;
import slipway.packet.Packets;

/** The command {@code packets}. */
@Component
@CommandName(
    name = "packets",
    help =
        "Lists the sessions of packet services, why sessions have ended, and buffers; closes sessions.",
    order = 65)
public final class PacketsCommand implements Command {

  private final Packets packets;

  /** For Declarative Services. */
  @Activate
  public PacketsCommand(@Reference Packets packets) {
    this.packets = packets;
  }

  @Override
  public Object grammar(Call call) {
    return new PacketsVerbs(packets, call);
  }
}
