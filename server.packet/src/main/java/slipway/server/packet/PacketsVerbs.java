package slipway.server.packet;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.packet.PacketEnd;
import slipway.packet.PacketSession;
import slipway.packet.Packets;
import slipway.service.Connection;

/** The verbs of {@code packets}, for one call. */
@Command
final class PacketsVerbs {

  private static final String JSON = "Writes one JSON array.";

  private static final Table<PacketSession> SESSIONS =
      Table.of(
          new Column<>("ID", "id", PacketSession::id),
          new Column<>("Service", "service", of(Connection::service)),
          new Column<>("Acceptor", "acceptor", of(Connection::acceptor)),
          new Column<>("Format", "format", session -> session.settings().format().toString()),
          new Column<>("In", "in", PacketSession::received),
          new Column<>("Out", "out", PacketSession::sent),
          new Column<>("Inbox", "inbox", PacketSession::inboxed),
          new Column<>("Outbox", "outbox", PacketSession::waiting),
          new Column<>("Left out", "leftOut", PacketSession::leftOut));

  private static final Table<Ends> ENDS =
      Table.of(
          new Column<>("Service", "service", Ends::service),
          new Column<>("Reason", "reason", Ends::reason),
          new Column<>("Sessions", "sessions", Ends::sessions));

  private static final Table<Pool> POOLS =
      Table.of(
          new Column<>("Memory", "memory", Pool::memory),
          new Column<>("Reserved", "reserved", Pool::reserved),
          new Column<>("In use", "inUse", Pool::inUse),
          new Column<>("Buffers", "buffers", Pool::buffers),
          new Column<>("Chunks", "chunks", Pool::chunks),
          new Column<>("Caches", "caches", Pool::caches));

  private final Packets packets;
  private final Call call;

  /** How many sessions of a service have ended for a reason. */
  private record Ends(String service, PacketEnd reason, long sessions) {}

  PacketsVerbs(Packets packets, Call call) {
    this.packets = packets;
    this.call = call;
  }

  private static Function<PacketSession, String> of(Function<Connection, String> value) {
    return session -> value.apply(session.connection());
  }

  @Command(
      description = {
        "Lists the sessions: how their packets are framed, how many have come and were sent,",
        "how many bytes wait for a thread of the service (Inbox) and for the client (Outbox), and",
        "how many packets were left out."
      })
  void ps(@Option(names = "--json", description = JSON) boolean json) {
    call.show(SESSIONS, sessions().toList(), Form.json(json));
  }

  @Command(description = "Lists for what reasons sessions have ended since the host was started.")
  void ends(@Option(names = "--json", description = JSON) boolean json) {
    List<Ends> ends = new ArrayList<>();
    for (String service : packets.services().stream().sorted().toList()) {
      for (PacketEnd reason : PacketEnd.values()) {
        ends.add(new Ends(service, reason, packets.sessions(service).ended(reason)));
      }
    }
    call.show(ENDS, ends.stream().filter(each -> each.sessions() > 0).toList(), Form.json(json));
  }

  @Command(description = "Closes a session, once what was sent to it has left.")
  void close(@Parameters(paramLabel = "ID", description = "The session's number.") long id)
      throws CommandException {
    Optional<PacketSession> session = sessions().filter(each -> each.id() == id).findFirst();
    if (session.isEmpty() || !session.get().close()) {
      throw new CommandException("packets close: " + id + " is no session; see: packets ps");
    }
    call.out().print("closed\n");
  }

  @Command(
      description = {
        "Shows the memory that the buffers of all connections come from: bytes that are reserved,",
        "how many of them are in use and by how many buffers, in how many chunks, and how many",
        "threads keep some for themselves. A hyphen stands for what the allocator does not tell."
      })
  void pool(@Option(names = "--json", description = JSON) boolean json) {
    call.show(POOLS, Pool.of(ByteBufAllocator.DEFAULT), Form.json(json));
  }

  @CandidatesFor("ID")
  List<Long> ids() {
    return sessions().map(PacketSession::id).toList();
  }

  private Stream<PacketSession> sessions() {
    return packets.services().stream()
        .flatMap(service -> packets.sessions(service).open().stream())
        .sorted(Comparator.comparing(PacketSession::id));
  }
}
