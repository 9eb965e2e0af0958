package slipway.services.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;
import slipway.world.WorldContext;

/**
 * What the players of a zone see of each other: who comes, walks, talks and goes near them. A frame
 * costs those that walk, and a packet for each cell and a sending for each player.
 */
final class Scene {

  private final WorldContext context;
  private final Grid grid = new Grid();
  private final Set<Player> present = new LinkedHashSet<>();
  private final Set<Player> walkers = new LinkedHashSet<>();
  private final List<Look> looks = new ArrayList<>();
  private final List<Farewell> farewells = new ArrayList<>();

  /** One wants to know what it sees when this frame is over. */
  private record Look(Player player, long number) {}

  /**
   * One has gone after the update of a frame, and is to be seen no more from the next one on.
   *
   * @param seers those that have seen it
   */
  private record Farewell(long id, List<Player> seers) {}

  Scene(WorldContext context) {
    this.context = context;
  }

  // ---- who is there ----------------------------------------------------------------------------

  /** One has come: it sees others, and others see it. */
  void enter(Player player) {
    meet(player, grid.of(player).view());
    put(player);
  }

  /** One is there, and all that have to know it do. */
  void put(Player player) {
    present.add(player);
    grid.of(player).add(player);
    if (!player.isThere()) {
      walkers.add(player);
    }
  }

  /** One goes, and is seen no more. */
  void exit(Player player) {
    take(player);
    Packet went = went(player.id());
    grid.of(player).forAllInView(seer -> seer.send(went));
  }

  /** One has gone, of which others hear in the next frame; nothing happens if they have heard. */
  void exitLater(Player player) {
    if (present.contains(player)) {
      take(player);
      List<Player> seers = new ArrayList<>();
      grid.of(player).forAllInView(seers::add);
      farewells.add(new Farewell(player.id(), seers));
    }
  }

  private void take(Player player) {
    present.remove(player);
    walkers.remove(player);
    grid.of(player).remove(player);
  }

  /** One sees those of some cells from now on, and they see it. */
  private void meet(Player player, List<Cell> cells) {
    Packet came = came(player);
    for (Cell cell : cells) {
      for (Player other : cell.players()) {
        player.send(came(other));
        other.send(came);
      }
    }
  }

  /** One sees those of some cells no more, and they do not see it. */
  private void part(Player player, List<Cell> cells) {
    Packet went = went(player.id());
    for (Cell cell : cells) {
      for (Player other : cell.players()) {
        player.send(went(other.id()));
        other.send(went);
      }
    }
  }

  private Packet came(Player player) {
    PacketBuilder packet = context.packet(Protocol.CAME).i64(player.id());
    return Protocol.text(packet, player.name()).u16(player.x()).u16(player.y()).build();
  }

  private Packet went(long id) {
    return context.packet(Protocol.WENT).i64(id).build();
  }

  // ---- what they do ----------------------------------------------------------------------------

  void walk(Player player, int x, int y) {
    player.wants(x, y);
    walkers.add(player);
  }

  void say(Player player, String text) {
    Packet said = Protocol.text(context.packet(Protocol.SAID).i64(player.id()), text).build();
    grid.of(player).forAllInView(hearer -> hearer.send(said));
  }

  void look(Player player, long number) {
    looks.add(new Look(player, number));
  }

  // ---- a frame ---------------------------------------------------------------------------------

  void update(long frame) {
    farewells.forEach(this::tell);
    farewells.clear();
    for (Iterator<Player> each = walkers.iterator(); each.hasNext(); ) {
      Player walker = each.next();
      if (walker.isThere()) {
        each.remove();
      } else {
        step(walker);
      }
    }
    sendUpdates(frame);
    looks.forEach(look -> answer(look, frame));
    looks.clear();
  }

  private void tell(Farewell farewell) {
    Packet went = went(farewell.id());
    farewell.seers().stream().filter(present::contains).forEach(seer -> seer.send(went));
  }

  private void step(Player walker) {
    Cell before = grid.of(walker);
    walker.step();
    Cell after = grid.of(walker);
    if (after != before) {
      before.remove(walker);
      part(walker, before.view().stream().filter(cell -> !after.sees(cell)).toList());
      meet(walker, after.view().stream().filter(cell -> !before.sees(cell)).toList());
      after.add(walker);
    }
    after.moved().add(walker);
  }

  /** Those of a cell see the same, and get one packet; where nothing moves, all cells do. */
  private void sendUpdates(long frame) {
    Packet still = null;
    for (Cell cell : grid.cells()) {
      if (cell.players().isEmpty()) {
        continue;
      }
      int count = cell.movedInView();
      if (count == 0 && still == null) {
        still = update(frame, cell, 0);
      }
      Packet update = count == 0 ? still : update(frame, cell, count);
      cell.players().forEach(player -> player.send(update));
    }
    grid.cells().forEach(cell -> cell.moved().clear());
  }

  private Packet update(long frame, Cell cell, int count) {
    PacketBuilder packet = context.packet(Protocol.UPDATE).u32(frame).u16(count);
    for (Cell seen : cell.view()) {
      seen.moved().forEach(player -> player.describe(packet));
    }
    return packet.build();
  }

  private void answer(Look look, long frame) {
    Player player = look.player();
    if (!present.contains(player)) {
      return; // it has gone on meanwhile
    }
    List<Player> seen = new ArrayList<>();
    grid.of(player).forAllInView(seen::add);
    seen.remove(player);
    PacketBuilder packet =
        context
            .packet(Protocol.SEEN)
            .u32(look.number())
            .u32(frame)
            .u16(player.x())
            .u16(player.y())
            .u16(seen.size());
    seen.forEach(other -> other.describe(packet));
    player.send(packet.build());
  }

  // ---- another version -------------------------------------------------------------------------

  /** Writes what is not known of the players themselves. */
  void save(DataOutput out) throws IOException {
    out.writeInt(farewells.size());
    for (Farewell farewell : farewells) {
      List<Player> seers = farewell.seers().stream().filter(present::contains).toList();
      out.writeLong(farewell.id());
      out.writeInt(seers.size());
      for (Player seer : seers) {
        out.writeLong(seer.id());
      }
    }
  }

  /** Goes on with that; all players are there. */
  void load(LongFunction<Player> players, DataInput saved) throws IOException {
    for (int left = saved.readInt(); left > 0; left--) {
      long id = saved.readLong();
      List<Player> seers = new ArrayList<>();
      for (int more = saved.readInt(); more > 0; more--) {
        seers.add(players.apply(saved.readLong()));
      }
      farewells.add(new Farewell(id, seers));
    }
  }
}
