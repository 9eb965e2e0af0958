/*
 * The zones of the game `world` as rooms of Colyseus: the same rules, and the same bytes in each
 * packet. It has no log-in; a client joins the room of its zone. What a room sends is sent as it is,
 * as a binary message of WebSocket; what a client sends are Colyseus' bytes of the type 0.
 *
 * Prints "PORT n" once it serves, and ends with the end of the standard input.
 */
import { Room, Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";

const WALK = 6010, GOAL = 6011, UPDATE = 6012, CAME = 6013, WENT = 6014, ZONE = 6031;
const SIZE = 1000, CELL = 100, SIDE = SIZE / CELL, STRIDE = 10, FPS = 25;
const HEAD = 8, ENTRY = 12; // of an UPDATE

let lastId = 0;

class Cell {
  constructor(column, row) {
    this.column = column;
    this.row = row;
    this.view = [];
    this.players = new Set();
    this.moved = [];
  }

  sees(other) {
    return Math.abs(this.column - other.column) <= 1 && Math.abs(this.row - other.row) <= 1;
  }
}

class Player {
  constructor(client, x, y) {
    this.client = client;
    this.id = BigInt(++lastId);
    this.name = Buffer.from("p" + lastId);
    this.x = this.goalX = x;
    this.y = this.goalY = y;
  }

  send(packet) {
    this.client.enqueueRaw(packet);
  }

  isThere() {
    return this.x === this.goalX && this.y === this.goalY;
  }

  step() {
    const farX = this.goalX - this.x, farY = this.goalY - this.y;
    const steps = Math.ceil(Math.max(Math.abs(farX), Math.abs(farY)) / STRIDE);
    if (steps > 0) {
      this.x += Math.trunc(farX / steps);
      this.y += Math.trunc(farY / steps);
    }
  }
}

function came(player) {
  const packet = Buffer.allocUnsafe(15 + player.name.length);
  packet.writeUInt16LE(CAME, 0);
  packet.writeBigInt64LE(player.id, 2);
  packet.writeUInt8(player.name.length, 10);
  player.name.copy(packet, 11);
  packet.writeUInt16LE(player.x, 11 + player.name.length);
  packet.writeUInt16LE(player.y, 13 + player.name.length);
  return packet;
}

function went(player) {
  const packet = Buffer.allocUnsafe(10);
  packet.writeUInt16LE(WENT, 0);
  packet.writeBigInt64LE(player.id, 2);
  return packet;
}

class Zone extends Room {
  onCreate() {
    this.autoDispose = false;
    this.patchRate = null; // it has no state of Colyseus' own
    this.frame = 0;
    this.walkers = new Set();
    this.cells = [];
    for (let row = 0; row < SIDE; row++)
      for (let column = 0; column < SIDE; column++) this.cells.push(new Cell(column, row));
    for (const cell of this.cells) cell.view = this.cells.filter((other) => cell.sees(other));
    this.onMessage(0, (client, bytes) => this.packet(client.player, bytes));
    this.setSimulationInterval(() => this.update(), 1000 / FPS);
  }

  cellOf(player) {
    return this.cells[Math.trunc(player.y / CELL) * SIDE + Math.trunc(player.x / CELL)];
  }

  onJoin(client) {
    const player = new Player(
      client, Math.trunc(Math.random() * SIZE), Math.trunc(Math.random() * SIZE));
    client.player = player;
    const zone = Buffer.from(this.roomName);
    const packet = Buffer.allocUnsafe(11 + zone.length);
    packet.writeUInt16LE(ZONE, 0);
    packet.writeUInt8(zone.length, 2);
    zone.copy(packet, 3);
    packet.writeUInt32LE(this.frame, 3 + zone.length);
    packet.writeUInt16LE(player.x, 7 + zone.length);
    packet.writeUInt16LE(player.y, 9 + zone.length);
    player.send(packet);
    this.meet(player, this.cellOf(player).view);
    this.cellOf(player).players.add(player);
  }

  onLeave(client) {
    const player = client.player, cell = this.cellOf(player), packet = went(player);
    this.walkers.delete(player);
    cell.players.delete(player);
    for (const seen of cell.view) for (const seer of seen.players) seer.send(packet);
  }

  meet(player, cells) {
    const packet = came(player);
    for (const cell of cells)
      for (const other of cell.players) {
        player.send(came(other));
        other.send(packet);
      }
  }

  part(player, cells) {
    const packet = went(player);
    for (const cell of cells)
      for (const other of cell.players) {
        player.send(went(other));
        other.send(packet);
      }
  }

  packet(player, bytes) {
    if (bytes.readUInt16LE(0) !== WALK) throw new Error("unknown type");
    player.goalX = Math.min(bytes.readUInt16LE(6), SIZE - 1);
    player.goalY = Math.min(bytes.readUInt16LE(8), SIZE - 1);
    const goal = Buffer.allocUnsafe(10);
    goal.writeUInt16LE(GOAL, 0);
    goal.writeUInt32LE(bytes.readUInt32LE(2), 2);
    goal.writeUInt16LE(player.goalX, 6);
    goal.writeUInt16LE(player.goalY, 8);
    player.send(goal);
    this.walkers.add(player);
  }

  update() {
    this.frame++;
    for (const walker of this.walkers) {
      if (walker.isThere()) this.walkers.delete(walker);
      else this.step(walker);
    }
    let still = null;
    for (const cell of this.cells) {
      if (cell.players.size === 0) continue;
      let count = 0;
      for (const seen of cell.view) count += seen.moved.length;
      if (count === 0 && still === null) still = this.describe(cell, 0);
      const packet = count === 0 ? still : this.describe(cell, count);
      for (const player of cell.players) player.send(packet);
    }
    for (const cell of this.cells) cell.moved.length = 0;
  }

  step(walker) {
    const before = this.cellOf(walker);
    walker.step();
    const after = this.cellOf(walker);
    if (after !== before) {
      before.players.delete(walker);
      this.part(walker, before.view.filter((cell) => !after.sees(cell)));
      this.meet(walker, after.view.filter((cell) => !before.sees(cell)));
      after.players.add(walker);
    }
    after.moved.push(walker);
  }

  describe(cell, count) {
    const packet = Buffer.allocUnsafe(HEAD + count * ENTRY);
    packet.writeUInt16LE(UPDATE, 0);
    packet.writeUInt32LE(this.frame, 2);
    packet.writeUInt16LE(count, 6);
    let at = HEAD;
    for (const seen of cell.view)
      for (const player of seen.moved) {
        packet.writeBigInt64LE(player.id, at);
        packet.writeUInt16LE(player.x, at + 8);
        packet.writeUInt16LE(player.y, at + 10);
        at += ENTRY;
      }
    return packet;
  }
}

const transport = new WebSocketTransport({ pingInterval: 0 });
const server = new Server({ transport, greet: false, gracefullyShutdown: false });
for (const zone of ["meadow", "forest", "harbour"]) server.define(zone, Zone);
await server.listen(0, "127.0.0.1");
console.log("PORT " + transport.server.address().port);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
