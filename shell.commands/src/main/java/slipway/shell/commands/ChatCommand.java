package slipway.shell.commands;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.AdminException;
import slipway.admin.ChatAdmin;

/** The command {@code chat}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "chat"})
public final class ChatCommand extends GogoCommand {

  private final ChatAdmin chat;

  /**
   * Called by Declarative Services, anew when the chat comes or goes; the service is null while it
   * is absent. Where two versions are there for a moment either one will do.
   */
  @Activate
  public ChatCommand(
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          ChatAdmin chat) {
    this.chat = chat;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Chat(chat, out);
  }

  /** Somebody in a room, with why there is no answer. */
  record Occupant(String room, String user) {}

  /** How many messages. */
  record MessageCount(int value) {
    static final int MOST = 1000;
  }

  /** A message's number. */
  record MessageNumber(long value) {}

  @Command(
      name = "chat",
      description = "Shows the rooms of the chat and what was said, and speaks to those there.")
  static final class Chat {
    private static final String JSON = "Writes one JSON array.";
    private static final String ROOM = "The room's name; upper and lower case are the same.";

    private final ChatAdmin chat;
    private final PrintStream out;

    Chat(ChatAdmin chat, PrintStream out) {
      this.chat = chat;
      this.out = out;
    }

    @Command(description = "Lists the rooms that somebody is in.")
    void rooms(@Option(names = "--json", description = JSON) boolean json) throws AdminException {
      show(Listings.ROOMS, chat("rooms").rooms(), json);
    }

    @Command(description = "Lists who is in a room, or in all rooms.")
    void who(
        @Parameters(paramLabel = Labels.ROOM, arity = "0..1", description = ROOM) String room,
        @Option(names = "--json", description = JSON) boolean json)
        throws Exception {
      ChatAdmin admin = chat("who");
      List<Occupant> listed = new ArrayList<>();
      List<String> rooms =
          room == null ? admin.rooms().stream().map(ChatAdmin.Room::name).toList() : List.of(room);
      for (String each : rooms) {
        for (String user : told("who", () -> admin.who(each))) {
          listed.add(new Occupant(each, user));
        }
      }
      show(Listings.OCCUPANTS, listed, json);
    }

    @Command(
        description =
            "Says something in a room, to all who are there; the room's history keeps it.")
    void say(
        @Parameters(paramLabel = Labels.ROOM, description = ROOM) String room,
        @Parameters(paramLabel = Labels.TEXT, arity = "1..*", description = "One line.")
            String[] text)
        throws Exception {
      ChatAdmin admin = chat("say");
      told(
          "say",
          () -> {
            admin.say(room, String.join(" ", text));
            return room;
          });
      out.print("said in " + Text.quoted(room) + "\n");
    }

    @Command(
        description = {
          "Ends all connections of a user, who may come back.",
          "Who is to stay away is kept out by users ban."
        })
    void kick(
        @Parameters(
                paramLabel = Labels.PRESENT,
                description = "The user's name, or what the user is known as now.")
            String name,
        @Parameters(
                paramLabel = Labels.REASON,
                arity = "0..*",
                description = "Why, at most 200 bytes; the user is told.")
            String[] reason)
        throws Exception {
      ChatAdmin admin = chat("kick");
      String why = reason == null ? "" : String.join(" ", reason);
      int ended = told("kick", () -> admin.kick(name, why));
      out.print("connections of " + Text.quoted(name) + " that ended: " + ended + "\n");
    }

    @Command(description = "Lists the last messages of a room.")
    void history(
        @Parameters(paramLabel = Labels.ROOM, description = ROOM) String room,
        @Parameters(
                paramLabel = Labels.COUNT,
                arity = "0..1",
                defaultValue = "50",
                description = "How many, at most " + MessageCount.MOST + "; 50 unless said.")
            MessageCount count,
        @Option(
                names = "--before",
                paramLabel = Labels.MESSAGE,
                description = "Only those before the message with this ID.")
            MessageNumber before,
        @Option(names = "--json", description = JSON) boolean json)
        throws Exception {
      ChatAdmin admin = chat("history");
      long below = before == null ? Long.MAX_VALUE : before.value();
      show(
          Listings.MESSAGES,
          told("history", () -> admin.history(room, count.value(), below)),
          json);
    }

    private <T> void show(Listing<T> listing, List<T> rows, boolean json) {
      out.print(json ? listing.json(rows) : listing.table(rows));
    }

    private ChatAdmin chat(String verb) throws AdminException {
      if (chat == null) {
        throw new AdminException(
            "chat "
                + verb
                + ": the service chat is not active; libctl state chat FIXED starts it, and libctl"
                + " ps says why it does not run");
      }
      return chat;
    }

    private interface Call<T> {
      T make() throws AdminException, InterruptedException;
    }

    private static <T> T told(String verb, Call<T> call)
        throws AdminException, InterruptedException {
      try {
        return call.make();
      } catch (AdminException refused) {
        throw new AdminException("chat " + verb + ": " + refused.getMessage(), refused);
      }
    }
  }
}
