package slipway.server.world.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import slipway.packet.Packet;

/**
 * What a world did in a frame that others can notice, and what it was answered. Not for several
 * threads at once.
 */
public final class Deeds {

  /** What is given in place of null. */
  public static final byte[] NOTHING = {};

  /** With nobody's session, such as to tell another world something. */
  public static final long NOBODY = 0;

  /** What was done. */
  public enum Kind {
    /** A packet was sent. */
    SEND,
    /** A packet was sent that a newer one of its key replaces. */
    SEND_LATEST,
    /** A packet was sent if there was room. */
    SEND_IF_ROOM,
    /** A session was to move. */
    MOVE,
    /** A session was closed. */
    CLOSE,
    /** Another world was told something. */
    TELL,
    /** Work was begun. */
    WORK,
    /** A session was to go on by the connection of another one. */
    RESUME
  }

  private static final int FIRST = 4;

  /** Checksums of the deeds of each session, in their order. */
  private final Map<Long, Row> rows = new TreeMap<>();

  private final BitSet answers = new BitSet();
  private int answered;
  private final List<byte[]> gifts = new ArrayList<>();

  /** Numbers that become more. */
  private static final class Row {
    private int[] sums = new int[FIRST];
    private int count;

    void add(int sum) {
      if (count == sums.length) {
        sums = Arrays.copyOf(sums, 2 * count);
      }
      sums[count] = sum;
      count++;
    }
  }

  /** A packet was sent. */
  public void sent(long session, Kind kind, Packet packet, long key) {
    add(session, sum(kind, Long.hashCode(key) * 31 + packet.checksum()));
  }

  /** Something else was done. */
  public void did(long session, Kind kind, String what, byte... bytes) {
    add(session, sum(kind, what.hashCode() * 31 + Arrays.hashCode(bytes)));
  }

  private static int sum(Kind kind, int content) {
    return kind.ordinal() * 31 + content;
  }

  /** One deed, by its checksum. */
  void add(long session, int sum) {
    rows.computeIfAbsent(session, first -> new Row()).add(sum);
  }

  /** The world was answered. */
  public void answered(boolean yes) {
    answers.set(answered, yes);
    answered++;
  }

  /** How many answers there were. */
  public int answers() {
    return answered;
  }

  /** An answer, by its place from 0 on. */
  public boolean answer(int place) {
    return answers.get(place);
  }

  /** The world was given a value, such as a token. */
  public void gave(byte... value) {
    gifts.add(value);
  }

  /** The values that it was given, in their order. */
  public List<byte[]> gifts() {
    return gifts;
  }

  /** A number as a value. */
  public static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** A value as a number; 0 if it is none. */
  public static long number(byte... value) {
    return value.length == Long.BYTES ? ByteBuffer.wrap(value).getLong() : 0;
  }

  /** The checksums of each session's deeds, in their order; sessions by their numbers. */
  public Map<Long, int[]> sums() {
    Map<Long, int[]> sums = new TreeMap<>();
    rows.forEach((session, row) -> sums.put(session, Arrays.copyOf(row.sums, row.count)));
    return sums;
  }
}
