package slipway.shell.commands.host;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import slipway.admin.ChatAdmin;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;

/** The command {@code chat}. */
@Component
@CommandName(
    name = "chat",
    help = "Shows the rooms of the chat and what was said, and speaks to those there.",
    order = 60)
public final class ChatCommand implements Command {

  private final ChatAdmin chat;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public ChatCommand(
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          ChatAdmin chat) {
    this.chat = chat;
  }

  @Override
  public Object grammar(Call call) {
    return new ChatVerbs(chat, call);
  }
}
