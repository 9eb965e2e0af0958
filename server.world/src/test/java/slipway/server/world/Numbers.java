package slipway.server.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import slipway.packet.PacketEnd;
import slipway.packet.PacketReader;
import slipway.packet.Packets;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;
import slipway.world.Worlds;

/**
 * A service whose sessions come in at a gate, or come back there, and play in a world that says
 * each number back, in its order, and counts the frames for each session.
 */
final class Numbers extends WorldService {

  static final int ENTER = 1;
  static final int RESUME = 2;
  static final int NUMBER = 3;
  static final int ACK = 4;
  static final int END = 5;
  static final int MOVE = 6;

  static final int SAID = 11;
  static final int TICK = 12;
  static final int TOKEN = 13;
  static final int RESUMED = 14;
  static final int REFUSED = 15;
  static final int LATEST = 16;
  static final int MAY = 17;

  private final List<WorldSpec> specs;

  /** What worlds were told that is not the number and the tick. */
  final Queue<String> notes = new ConcurrentLinkedQueue<>();

  /** What has gone wrong. */
  final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  Numbers(Packets packets, Worlds worlds, WorldSpec play) {
    super(packets, worlds);
    specs = List.of(WorldSpec.auth("gate"), play, WorldSpec.game("other").fps(play.fps()));
  }

  @Override
  public List<WorldSpec> worlds() {
    return specs;
  }

  @Override
  public World create(WorldContext context) {
    return context.name().equals("gate") ? new Gate(context) : new Play(context);
  }

  @Override
  public World load(WorldContext context, DataInput saved) throws IOException {
    if (context.name().equals("gate")) {
      return new Gate(context);
    }
    Play play = new Play(context);
    for (int left = saved.readInt(); left > 0; left--) {
      play.counts.put(saved.readLong(), new Count(saved.readInt(), saved.readLong()));
    }
    return play;
  }

  /** The number that a session says next, and the tick that it hears next. */
  private record Count(int number, long tick) {}

  private final class Gate implements World {
    private final WorldContext context;

    private Gate(WorldContext context) {
      this.context = context;
    }

    @Override
    public boolean join(WorldSession session, PacketReader ticket) {
      return true;
    }

    @Override
    public void packet(WorldSession session, PacketReader packet) {
      switch (packet.u16()) {
        case ENTER -> {
          byte[] token = session.token();
          if (token != null) {
            session.send(context.packet(TOKEN).bytes(token).build());
          }
          session.moveTo("play", context.packet().i32(0).i64(0).payload());
        }
        case RESUME -> {
          byte[] token = new byte[16];
          packet.bytes(token);
          if (!session.resume(token, packet.i64())) {
            session.send(context.packet(REFUSED).build());
            session.close(PacketEnd.REFUSED);
          }
        }
        default -> throw packet.unknownType();
      }
    }

    @Override
    public void update(Frame frame) {}

    @Override
    public void released(WorldSession session) {
      notes.add("gate: released");
    }

    @Override
    public void save(DataOutput out) {}
  }

  private final class Play implements World {
    private final WorldContext context;
    private final Map<Long, Count> counts = new TreeMap<>();

    private Play(WorldContext context) {
      this.context = context;
    }

    @Override
    public boolean join(WorldSession session, PacketReader ticket) {
      counts.put(session.id(), new Count(ticket.i32(), ticket.i64()));
      return true;
    }

    @Override
    public void packet(WorldSession session, PacketReader packet) {
      switch (packet.u16()) {
        case NUMBER -> {
          int number = packet.i32();
          Count count = counts.get(session.id());
          if (number != count.number()) {
            wrong.add(session + " says " + number + " for " + count.number());
          }
          counts.put(session.id(), new Count(number + 1, count.tick()));
          session.send(context.packet(SAID).i32(number).build());
        }
        case ACK -> {
          if (!session.acknowledge(packet.i64())) {
            throw packet.bad();
          }
        }
        case END -> session.close();
        case MOVE -> {
          Count count = counts.get(session.id());
          session.moveTo(
              context.name().equals("play") ? "other" : "play",
              context.packet().i32(count.number()).i64(count.tick() + 1).payload());
        }
        default -> throw packet.unknownType();
      }
    }

    @Override
    public void lost(WorldSession session) {
      notes.add("lost");
    }

    @Override
    public void resumed(WorldSession session) {
      notes.add("resumed");
      session.send(context.packet(RESUMED).i64(session.taken()).bytes(session.token()).build());
    }

    @Override
    public void timeout(WorldSession session) {
      notes.add("timeout");
    }

    @Override
    public void update(Frame frame) {
      for (WorldSession session : context.sessions()) {
        Count count = counts.get(session.id());
        session.send(context.packet(TICK).i64(count.tick()).build());
        if (session.isLost()) {
          session.sendLatest(context.packet(LATEST).i64(count.tick()).build(), 1);
          session.sendIfRoom(context.packet(MAY).i64(count.tick()).build());
        }
        counts.put(session.id(), new Count(count.number(), count.tick() + 1));
      }
    }

    @Override
    public void leave(WorldSession session, Leaving why) {
      counts.remove(session.id());
      if (why == Leaving.GONE) {
        notes.add("gone");
      }
    }

    @Override
    public void released(WorldSession session) {
      notes.add("released");
    }

    @Override
    public void save(DataOutput out) throws IOException {
      out.writeInt(counts.size());
      for (Map.Entry<Long, Count> each : counts.entrySet()) {
        out.writeLong(each.getKey());
        out.writeInt(each.getValue().number());
        out.writeLong(each.getValue().tick());
      }
    }
  }
}
