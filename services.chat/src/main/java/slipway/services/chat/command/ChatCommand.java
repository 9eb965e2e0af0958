package slipway.services.chat.command;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.command.Call;
import slipway.command.Command;
import slipway.command.CommandName;
import slipway.services.chat.ChatService;

/** The command {@code chat}, of this version of the chat. */
@Component
@CommandName(
    name = "chat",
    help = "Shows the rooms of the chat and what was said, and speaks to the users in them.",
    order = 60)
public final class ChatCommand implements Command {

  private final Operations chat;

  /** Called by Declarative Services. */
  @Activate
  public ChatCommand(@Reference ChatService service) {
    this(new ChatOperations(service.chat()));
  }

  /** For tests. */
  ChatCommand(Operations chat) {
    this.chat = chat;
  }

  @Override
  public Object grammar(Call call) {
    return new ChatVerbs(chat, call);
  }
}
