package slipway.server.world;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import slipway.packet.Packet;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.server.world.park.ParkFolder;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldKind;
import slipway.world.WorldService;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/**
 * A host with a service of worlds, whose loops, event loop and control thread are the test's own
 * thread, and whose time stands still until the test lets it pass.
 */
final class TestWorlds implements AutoCloseable {

  static final PacketFormat LAN = PacketFormat.lan(200);
  private static final int RESUME_BUFFER = 4096;
  private static final String SERVICE = "play";

  private final ManualLoops loops = new ManualLoops();
  private boolean rehearses;

  /** By which rehearsals are measured; it stands still unless a test moves it. */
  final AtomicLong stopwatch = new AtomicLong();

  final WorldRules rules = new WorldRules();
  private final ParkFolder parked;
  final HostWorlds worlds;

  /** No world is parked. */
  TestWorlds() {
    this(Path.of("not-there"));
  }

  /** Worlds that are to be parked are in this folder. */
  TestWorlds(Path folder) {
    this.parked = new ParkFolder(folder);
    this.worlds =
        new HostWorlds(
            rules,
            parked,
            loops.all(),
            Runnable::run,
            this::rehearse,
            TestWorlds::names,
            loops::now,
            Runnable::run);
  }

  final Packets packets =
      new Packets(
          connection -> PacketSettings.usual(LAN).resume(Duration.ofMinutes(1), RESUME_BUFFER));
  final Notes notes = new Notes();
  private TestHost host;

  /** What worlds have noted, in its order. */
  static final class Notes {
    private final List<String> lines = new ArrayList<>();

    void add(String line) {
      lines.add(line);
    }

    /** Those since the last look. */
    List<String> taken() {
      List<String> taken = List.copyOf(lines);
      lines.clear();
      return taken;
    }
  }

  /** A version of a service whose worlds note what they are told. */
  class Version extends WorldService {
    private final String version;
    private final List<WorldSpec> specs;

    Version(String version, WorldSpec... specs) {
      super(packets, worlds);
      this.version = version;
      this.specs = List.of(specs);
    }

    @Override
    public List<WorldSpec> worlds() {
      return specs;
    }

    @Override
    public World create(WorldContext context) throws Exception {
      return new Noting(version, context, new TreeMap<>());
    }

    @Override
    public World load(WorldContext context, DataInput saved) throws Exception {
      Map<Long, Integer> said = new TreeMap<>();
      for (int left = saved.readInt(); left > 0; left--) {
        said.put(saved.readLong(), saved.readInt());
      }
      return new Noting(version, context, said);
    }
  }

  /**
   * Counts what each session has said, notes what happens, and does what it is told: "go WORLD"
   * moves, "end" closes, "echo TEXT" and "all TEXT" send, "latest TEXT" sends all what takes the
   * place of the one before, "token" sends what a peer comes back with, "tell WORLD TEXT" tells
   * another world, "fail" and "fail later" throw.
   */
  class Noting implements World {
    private final String head;
    private final WorldContext context;
    private final Map<Long, Integer> said;
    private boolean fails;

    Noting(String version, WorldContext context, Map<Long, Integer> said) {
      this.head = context.name() + " " + version + ": ";
      this.context = context;
      this.said = said;
    }

    private String text(PacketReader reader) {
      return reader.utf8(reader.remaining());
    }

    @Override
    public boolean join(WorldSession session, PacketReader ticket) {
      String given = text(ticket);
      notes.add(head + "join " + session.mode() + (given.isEmpty() ? "" : " with " + given));
      said.put(session.id(), 0);
      session.attach("attached by " + head);
      return !given.equals("refuse");
    }

    @Override
    public void packet(WorldSession session, PacketReader packet) {
      String line = text(packet);
      said.merge(session.id(), 1, Integer::sum);
      notes.add(head + line + " " + said.get(session.id()));
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "go" -> notes.add(head + session.moveTo(words[1], bytes(words[2])));
        case "end" -> session.close();
        case "echo" -> session.send(context.packet(7).utf8(words[1]).build());
        case "all" -> context.sendToAll(context.packet(7).utf8(words[1]).build());
        case "latest" -> {
          Packet latest = context.packet(7).utf8(words[1]).build();
          context.sessions().forEach(each -> each.sendLatest(latest, 1));
        }
        case "token" ->
            session.send(context.packet(7).i64(session.taken()).bytes(session.token()).build());
        case "tell" -> notes.add(head + context.tell(words[1], bytes(words[2])));
        case "work" -> context.async(words[1], () -> bytes(words[1] + " done"));
        case "long" -> session.send(context.packet(7).utf8("x".repeat(300)).build());
        case "attached" -> notes.add(head + session.attachment(String.class));
        case "fail" -> fails(words);
        default -> {
          // it is noted
        }
      }
    }

    private void fails(String... words) {
      if (words.length > 1) {
        fails = true;
      } else {
        throw new IllegalStateException("told to");
      }
    }

    @Override
    public void message(String from, PacketReader message) {
      notes.add(head + from + " tells " + text(message));
    }

    @Override
    public void answer(String tag, PacketReader answer) {
      notes.add(head + tag + ": " + text(answer));
    }

    @Override
    public void update(Frame frame) {
      if (frame.missed() > 0) {
        notes.add(head + "missed " + frame.missed() + " before " + frame.number());
      }
      if (fails) {
        throw new IllegalStateException("told to");
      }
    }

    @Override
    public void leave(WorldSession session, Leaving why) {
      said.remove(session.id());
      notes.add(head + "leave " + why + " " + session.mode());
    }

    @Override
    public void released(WorldSession session) {
      notes.add(head + "released " + session.mode());
    }

    @Override
    public List<String> map(int columns, int rows) throws Exception {
      if (context.kind() == WorldKind.AUTH) {
        return World.super.map(columns, rows);
      }
      if (said.isEmpty()) {
        throw new IllegalStateException("nobody\nis here");
      }
      return List.of(context.name(), "\u001b[2J", "x".repeat(columns + 1), "too much".repeat(rows));
    }

    @Override
    public void save(DataOutput out) throws IOException {
      out.writeInt(said.size());
      for (Map.Entry<Long, Integer> each : said.entrySet()) {
        out.writeLong(each.getKey());
        out.writeInt(each.getValue());
      }
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static VersionName names(WorldService version) {
    return new VersionName(SERVICE, ((Version) version).version);
  }

  private CompletableFuture<Void> rehearse(Rehearsals rehearsals) {
    return rehearses ? rehearsals.begin(stopwatch::get) : CompletableFuture.completedFuture(null);
  }

  /** Has versions rehearse from now on. */
  void rehearse() {
    rehearses = true;
  }

  // ---- versions --------------------------------------------------------------------------------

  /** The first version serves. */
  void open(WorldService first) {
    worlds.ready(first);
    run();
    host = new TestHost(SERVICE, first);
  }

  /** The first version serves, with some worlds. */
  void open(WorldSpec... specs) {
    open(new Version("v1", specs));
  }

  TestHost host() {
    return host;
  }

  HostWorld world(String name) {
    return worlds.directory().find(name);
  }

  // ---- clients ---------------------------------------------------------------------------------

  /** A client, which has joined. */
  Player player() {
    Player player = new Player(host.connect());
    frame();
    return player;
  }

  /** A client that sends texts. */
  final class Player {
    private final TestConnection connection;

    private Player(TestConnection connection) {
      this.connection = connection;
    }

    TestConnection connection() {
      return connection;
    }

    /** Sends packets, in one piece. */
    Player says(String... texts) {
      ByteBuf all = Unpooled.buffer();
      for (String text : texts) {
        byte[] clear = bytes(text);
        all.writeShortLE(clear.length).writeBytes(clear);
      }
      byte[] sent = new byte[all.readableBytes()];
      all.readBytes(sent);
      connection.send(sent);
      return this;
    }

    /** The texts that have come since the last look. */
    List<String> heard() {
      ByteBuf all = Unpooled.wrappedBuffer(connection.receivedBytes());
      List<String> texts = new ArrayList<>();
      while (all.isReadable()) {
        int length = all.readUnsignedShortLE();
        all.skipBytes(Short.BYTES); // the type
        texts.add(all.readCharSequence(length - Short.BYTES, StandardCharsets.UTF_8).toString());
      }
      return texts;
    }
  }

  // ---- time ------------------------------------------------------------------------------------

  /** Does all that is to be done without time passing, in loops and event loop. */
  void run() {
    loops.run(host);
  }

  /** Lets time pass, without a frame in it. */
  void pass(Duration time) {
    loops.pass(time);
  }

  /** Samples how worlds keep time, as the host does once a second. */
  void sample() {
    worlds.directory().sample(loops.now());
  }

  /** Lets the time of a frame at 25 a second pass, and does what is due. */
  void frame() {
    pass(Duration.ofMillis(40));
    run();
  }

  void frames(int count) {
    for (int each = 0; each < count; each++) {
      frame();
    }
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
    worlds.close();
    run();
  }
}
