package slipway.server.world.record;

import io.netty.channel.local.LocalAddress;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.SessionMode;
import slipway.world.WorldKind;

/**
 * Reads a recording. One that ends too early, or is damaged, is read up to there. For one thread,
 * which may block.
 */
public final class RecordReader implements AutoCloseable {

  private final long length;
  private final DataInputStream file;
  private final RecordedStart start;
  private DataInputStream in;

  /** Why the recording has ended, or the file is not whole; null before its end. */
  private String end;

  /** Whether the recording was ended as it should. */
  private boolean whole;

  /**
   * Begins to read.
   *
   * @throws IOException if it is no recording, or its start is damaged; its message ends a sentence
   *     about the file
   */
  public RecordReader(Path path) throws IOException {
    length = Files.size(path);
    file = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)));
    try {
      start = begin();
    } catch (EOFException early) {
      file.close();
      throw new IOException("it is not complete: its start is missing", early);
    } catch (IOException none) {
      file.close();
      throw none;
    }
  }

  private RecordedStart begin() throws IOException {
    if (!Arrays.equals(file.readNBytes(RecordWriter.MAGIC.length), RecordWriter.MAGIC)) {
      throw new IOException("it is no recording");
    }
    int format = file.readUnsignedShort();
    if (format != RecordWriter.FORMAT) {
      throw new IOException(
          "it has format " + format + "; this host knows format " + RecordWriter.FORMAT);
    }
    if (block() != RecordWriter.START) {
      throw new IOException("it is damaged");
    }
    String service = in.readUTF();
    String world = in.readUTF();
    String version = in.readUTF();
    Instant at = Instant.ofEpochMilli(in.readLong());
    int fps = in.readInt();
    WorldKind kind = WorldKind.valueOf(in.readUTF());
    List<String> targets = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      targets.add(in.readUTF());
    }
    List<RecordedStart.Present> sessions = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      long id = in.readLong();
      SessionMode mode = SessionMode.valueOf(in.readUTF());
      sessions.add(
          new RecordedStart.Present(id, new RecordedPeer(id, service, version, peer(), at), mode));
    }
    return new RecordedStart(service, world, version, at, fps, kind, targets, sessions, bytes());
  }

  /** How the world was. */
  public RecordedStart start() {
    return start;
  }

  /** The next frame; empty after the last good one. */
  public Optional<RecordedFrame> frame() throws IOException {
    if (end != null) {
      return Optional.empty();
    }
    try {
      int kind = block();
      if (kind == RecordWriter.FRAME) {
        return Optional.of(readFrame());
      }
      if (kind != RecordWriter.END) {
        throw new IOException("it is damaged");
      }
      end = in.readUTF();
      whole = true;
    } catch (EOFException early) {
      end = "the file is not complete";
    } catch (IOException damaged) {
      end = "the file is damaged";
    }
    return Optional.empty();
  }

  /** Why the recording has ended, or its file; after the last frame. */
  public String end() {
    return end;
  }

  /** Whether all of it was read; after the last frame. */
  public boolean isWhole() {
    return whole;
  }

  /** Reads the next block, and returns its kind. */
  private int block() throws IOException {
    int kind = file.readUnsignedByte();
    int size = file.readInt();
    if (size < 0) {
      throw new IOException("it is damaged");
    }
    if (size > length) {
      throw new EOFException();
    }
    byte[] content = new byte[size];
    file.readFully(content);
    CRC32C sum = new CRC32C();
    sum.update(content);
    if (file.readInt() != (int) sum.getValue()) {
      throw new IOException("it is damaged");
    }
    in = new DataInputStream(new ByteArrayInputStream(content));
    return kind;
  }

  private RecordedFrame readFrame() throws IOException {
    long nanos = in.readLong();
    String failure = in.readUTF();
    List<Input> inputs = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      inputs.add(input());
    }
    return new RecordedFrame(inputs, deeds(), nanos, failure);
  }

  private Input input() throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case 1 -> {
        long id = in.readLong();
        SessionMode mode = SessionMode.valueOf(in.readUTF());
        RecordedPeer peer =
            new RecordedPeer(id, start.service(), start.version(), peer(), start.at());
        yield new Input.Joined(id, peer, mode, bytes());
      }
      case 2 -> new Input.Said(in.readLong(), bytes());
      case 3 -> new Input.Silent(in.readLong());
      case 4 -> new Input.Message(in.readUTF(), bytes());
      case 5 -> new Input.Answer(in.readUTF(), bytes());
      case 6 -> new Input.NoAnswer(in.readUTF(), in.readUTF());
      case 7 -> new Input.Stepped(new Frame(in.readLong(), in.readLong(), in.readInt(), true));
      case 8 -> new Input.Left(in.readLong(), Leaving.valueOf(in.readUTF()));
      case 9 -> new Input.Released(in.readLong());
      case 10 -> new Input.Lost(in.readLong());
      case 11 -> new Input.Resumed(in.readLong());
      default -> throw new IOException("it is damaged");
    };
  }

  private Deeds deeds() throws IOException {
    Deeds deeds = new Deeds();
    int answers = in.readInt();
    byte[] bits = in.readNBytes((answers + 7) / 8);
    for (int each = 0; each < answers; each++) {
      deeds.answered((bits[each / 8] & 1 << each % 8) != 0);
    }
    for (int left = in.readInt(); left > 0; left--) {
      deeds.gave(bytes());
    }
    for (int left = in.readInt(); left > 0; left--) {
      long session = in.readLong();
      for (int more = in.readInt(); more > 0; more--) {
        deeds.add(session, in.readInt());
      }
    }
    return deeds;
  }

  private SocketAddress peer() throws IOException {
    byte[] address = bytes();
    int port = in.readInt();
    return address.length == 0
        ? new LocalAddress("recording")
        : new InetSocketAddress(InetAddress.getByAddress(address), port);
  }

  private byte[] bytes() throws IOException {
    return in.readNBytes(in.readInt());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
