package slipway.services.chat.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A chat without users: shows what a test puts there and remembers what was asked for. */
final class FakeOperations implements Operations {

  static final Instant SENT = Instant.parse("2026-03-01T12:00:00Z");

  final Map<String, List<String>> rooms = new TreeMap<>();
  final List<Message> messages = new ArrayList<>();
  final List<String> calls = new ArrayList<>();

  FakeOperations() {
    rooms.put("games", List.of("Ann"));
    rooms.put("lobby", List.of("Ann", "bob (away: at lunch)"));
    messages.add(new Message(7, SENT, "Ann: hello"));
    messages.add(new Message(9, SENT.plusSeconds(1), "** bob waves"));
  }

  @Override
  public List<Room> rooms() {
    return rooms.entrySet().stream()
        .map(room -> new Room(room.getKey(), room.getValue().size()))
        .toList();
  }

  @Override
  public List<String> who(String room) throws Refused {
    if (room.contains(".")) {
      throw new Refused("a room's name is short");
    }
    return rooms.getOrDefault(room, List.of());
  }

  @Override
  public void say(String room, String text) throws Refused {
    if (text.isEmpty()) {
      throw new Refused("a message has 1 to 20 bytes");
    }
    calls.add("say in " + room + ": " + text);
  }

  @Override
  public int kick(String name, String reason) throws Refused {
    if (name.equals("nobody")) {
      throw new Refused("nobody is not in the chat");
    }
    calls.add("kick " + name + ": " + reason);
    return 2;
  }

  @Override
  public List<Message> history(String room, int count, long before) {
    calls.add("history of " + room + ": " + count + " before " + before);
    return List.copyOf(messages);
  }
}
