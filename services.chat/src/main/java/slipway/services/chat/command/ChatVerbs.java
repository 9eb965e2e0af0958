package slipway.services.chat.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.command.Text;
import slipway.services.chat.command.Operations.Message;
import slipway.services.chat.command.Operations.Room;

/** The verbs of {@code chat}. */
@Command
final class ChatVerbs {

  private static final Table<Room> ROOMS =
      Table.of(
          new Column<>("Room", "room", Room::name), new Column<>("Users", "users", Room::users));

  private static final Table<Occupant> OCCUPANTS =
      Table.of(
          new Column<>("Room", "room", Occupant::room),
          new Column<>("User", "user", Occupant::user));

  private static final Table<Message> MESSAGES =
      Table.of(
          new Column<>("ID", "id", Message::id),
          new Column<>("Time", "time", Message::sent),
          new Column<>("Message", "message", Message::line));

  private static final String ROOM = "ROOM";
  private static final String PRESENT = "USER|NICK";
  private static final String JSON = "Writes one JSON array.";
  private static final String NAME = "The room's name; upper and lower case are the same.";

  private final Operations chat;
  private final Call call;

  ChatVerbs(Operations chat, Call call) {
    this.chat = chat;
    this.call = call;
  }

  /** Somebody in a room, with why there is no answer. */
  private record Occupant(String room, String user) {}

  @Command(description = "Lists the rooms that somebody is in.")
  void rooms(@Option(names = "--json", description = JSON) boolean json) {
    call.show(ROOMS, chat.rooms(), Form.json(json));
  }

  @Command(description = "Lists who is in a room, or in all rooms.")
  void who(
      @Parameters(paramLabel = ROOM, arity = "0..1", description = NAME) String room,
      @Option(names = "--json", description = JSON) boolean json)
      throws Exception {
    List<Occupant> listed = new ArrayList<>();
    List<String> rooms =
        room == null ? chat.rooms().stream().map(Room::name).toList() : List.of(room);
    for (String each : rooms) {
      for (String user : told("who", () -> chat.who(each))) {
        listed.add(new Occupant(each, user));
      }
    }
    call.show(OCCUPANTS, listed, Form.json(json));
  }

  @Command(
      description = "Says something in a room, to all who are there; the room's history keeps it.")
  void say(
      @Parameters(paramLabel = ROOM, description = NAME) String room,
      @Parameters(paramLabel = "TEXT", arity = "1..*", description = "One line.") String[] text)
      throws Exception {
    told(
        "say",
        () -> {
          chat.say(room, String.join(" ", text));
          return room;
        });
    call.out().print("said in " + Text.quoted(room) + "\n");
  }

  @Command(
      description = {
        "Ends all connections of a user, who may come back.",
        "To keep a user out: users ban."
      })
  void kick(
      @Parameters(
              paramLabel = PRESENT,
              description = "The user's name, or what the user is known as now.")
          String name,
      @Parameters(
              paramLabel = "REASON",
              arity = "0..*",
              description = "Why, at most 200 bytes; the user is told.")
          String[] reason)
      throws Exception {
    String why = reason == null ? "" : String.join(" ", reason);
    int ended = told("kick", () -> chat.kick(name, why));
    call.out().print("connections of " + Text.quoted(name) + " that ended: " + ended + "\n");
  }

  @Command(description = "Lists the last messages of a room.")
  void history(
      @Parameters(paramLabel = ROOM, description = NAME) String room,
      @Parameters(
              paramLabel = "N",
              converter = MessageCount.Converter.class,
              arity = "0..1",
              defaultValue = "50",
              description = "How many, at most " + MessageCount.MOST + "; the default is 50.")
          MessageCount count,
      @Option(
              names = "--before",
              paramLabel = "MESSAGE-ID",
              converter = MessageNumber.Converter.class,
              description = "Only those before the message with this ID.")
          MessageNumber before,
      @Option(names = "--json", description = JSON) boolean json)
      throws Exception {
    long below = before == null ? Long.MAX_VALUE : before.value();
    List<Message> listed = told("history", () -> chat.history(room, count.value(), below));
    call.show(MESSAGES, listed, Form.json(json));
  }

  @CandidatesFor(ROOM)
  List<String> roomNames() {
    return chat.rooms().stream().map(Room::name).toList();
  }

  /** Names of those who are in the chat, as others see them. */
  @CandidatesFor(PRESENT)
  List<String> present() throws Refused {
    List<String> names = new ArrayList<>();
    for (String room : roomNames()) {
      for (String shown : chat.who(room)) {
        names.add(shown.split(" ", 2)[0]); // behind it may be why somebody does not answer
      }
    }
    return names;
  }

  private interface Asked<T> {
    T answer() throws Refused, InterruptedException;
  }

  private static <T> T told(String verb, Asked<T> asked)
      throws CommandException, InterruptedException {
    try {
      return asked.answer();
    } catch (Refused refused) {
      throw new CommandException("chat " + verb + ": " + refused.getMessage(), refused);
    }
  }
}
