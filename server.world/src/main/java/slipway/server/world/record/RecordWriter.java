package slipway.server.world.record;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a recording into a file that is not there yet, and is for the host's user alone. For one
 * thread, which may block.
 */
public final class RecordWriter implements AutoCloseable {

  static final byte[] MAGIC = {'S', 'L', 'I', 'P', 'W', 'A', 'Y', 'R'};
  static final int FORMAT = 1;
  static final int START = 1;
  static final int FRAME = 2;
  static final int END = 3;
  static final byte[] NO_ADDRESS = {};

  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final DataOutputStream file;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(content);
  private long frames;
  private long bytes;

  /**
   * Begins a recording.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the file is there
   * @throws IOException if it cannot be written
   */
  public RecordWriter(Path path, RecordedStart start) throws IOException {
    Files.createFile(path, OWN);
    // not a channel, which the interrupt that ends a recording would close
    this.file = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(path.toFile())));
    file.write(MAGIC);
    file.writeShort(FORMAT);
    start(start);
  }

  private void start(RecordedStart start) throws IOException {
    out.writeUTF(start.service());
    out.writeUTF(start.world());
    out.writeUTF(start.version());
    out.writeLong(start.at().toEpochMilli());
    out.writeInt(start.fps());
    out.writeUTF(start.kind().name());
    out.writeInt(start.targets().size());
    for (String target : start.targets()) {
      out.writeUTF(target);
    }
    out.writeInt(start.sessions().size());
    for (RecordedStart.Present present : start.sessions()) {
      out.writeLong(present.session());
      out.writeUTF(present.mode().name());
      peer(present.connection().remoteAddress());
    }
    bytes(start.state());
    block(START);
  }

  /** Writes the next frame. */
  public void frame(RecordedFrame frame) throws IOException {
    out.writeLong(frame.nanos());
    out.writeUTF(frame.failure());
    out.writeInt(frame.inputs().size());
    for (Input input : frame.inputs()) {
      input(input);
    }
    deeds(frame.deeds());
    block(FRAME);
    frames++;
  }

  private void input(Input input) throws IOException {
    switch (input) {
      case Input.Joined joined -> {
        out.writeByte(1);
        out.writeLong(joined.session());
        out.writeUTF(joined.mode().name());
        peer(joined.connection().remoteAddress());
        bytes(joined.ticket());
      }
      case Input.Said said -> {
        out.writeByte(2);
        out.writeLong(said.session());
        bytes(said.packet());
      }
      case Input.Silent silent -> {
        out.writeByte(3);
        out.writeLong(silent.session());
      }
      case Input.Message told -> {
        out.writeByte(4);
        out.writeUTF(told.from());
        bytes(told.message());
      }
      case Input.Answer told -> {
        out.writeByte(5);
        out.writeUTF(told.tag());
        bytes(told.answer());
      }
      case Input.NoAnswer told -> {
        out.writeByte(6);
        out.writeUTF(told.tag());
        out.writeUTF(told.reason());
      }
      case Input.Stepped stepped -> {
        out.writeByte(7);
        out.writeLong(stepped.frame().number());
        out.writeLong(stepped.frame().nanos());
        out.writeInt(stepped.frame().missed());
      }
      case Input.Left left -> {
        out.writeByte(8);
        out.writeLong(left.session());
        out.writeUTF(left.why().name());
      }
      case Input.Released released -> {
        out.writeByte(9);
        out.writeLong(released.session());
      }
      case Input.Lost lost -> {
        out.writeByte(10);
        out.writeLong(lost.session());
      }
      case Input.Resumed resumed -> {
        out.writeByte(11);
        out.writeLong(resumed.session());
      }
    }
  }

  private void deeds(Deeds deeds) throws IOException {
    out.writeInt(deeds.answers());
    byte[] bits = new byte[(deeds.answers() + 7) / 8];
    for (int each = 0; each < deeds.answers(); each++) {
      if (deeds.answer(each)) {
        bits[each / 8] |= (byte) (1 << each % 8);
      }
    }
    out.write(bits);
    out.writeInt(deeds.gifts().size());
    for (byte[] gift : deeds.gifts()) {
      bytes(gift);
    }
    Map<Long, int[]> sums = deeds.sums();
    out.writeInt(sums.size());
    for (Map.Entry<Long, int[]> each : sums.entrySet()) {
      out.writeLong(each.getKey());
      out.writeInt(each.getValue().length);
      for (int sum : each.getValue()) {
        out.writeInt(sum);
      }
    }
  }

  private void peer(SocketAddress address) throws IOException {
    if (address instanceof InetSocketAddress peer && peer.getAddress() != null) {
      bytes(peer.getAddress().getAddress());
      out.writeInt(peer.getPort());
    } else {
      bytes(NO_ADDRESS);
      out.writeInt(0);
    }
  }

  private void bytes(byte... value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  private void block(int kind) throws IOException {
    byte[] block = content.toByteArray();
    content.reset();
    CRC32C sum = new CRC32C();
    sum.update(block);
    file.writeByte(kind);
    file.writeInt(block.length);
    file.write(block);
    file.writeInt((int) sum.getValue());
    bytes += block.length;
  }

  /** How many frames were written. */
  public long frames() {
    return frames;
  }

  /** About how many bytes were written. */
  public long size() {
    return bytes;
  }

  /**
   * Ends the recording; to be closed then.
   *
   * @param why for people
   */
  public void end(String why) throws IOException {
    out.writeUTF(why);
    out.writeLong(frames);
    block(END);
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
