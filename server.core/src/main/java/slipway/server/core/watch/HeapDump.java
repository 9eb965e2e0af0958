package slipway.server.core.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a heap dump says at a glance.
 *
 * @param held by class, the most memory first
 * @param stack where the memory ran out, the innermost frame first; empty if the dump was made for
 *     another reason
 * @param running what the other threads were at that did not wait
 */
record HeapDump(
    List<Held> held, List<StackTraceElement> stack, List<List<StackTraceElement>> running) {

  /** The dump has the making of the error as a frame of the thread that it befell. */
  private static final String NO_MEMORY = OutOfMemoryError.class.getName();

  /** Where the innermost frame of a thread that waits is. */
  private static final Set<String> WAITS =
      Set.of(
          "java.lang.Object",
          "java.lang.Thread",
          "java.lang.VirtualThread",
          "jdk.internal.misc.Unsafe",
          "jdk.internal.vm.Continuation");

  /**
   * The objects of a class, or the arrays of them.
   *
   * @param type the class's name; {@code []} stands behind it if these are arrays
   * @param bytes about how much memory they took, without what they refer to
   */
  record Held(String type, long objects, long bytes) {

    /** The class of the elements, if these are arrays. */
    String element() {
      return type.replace("[]", "");
    }
  }

  /**
   * Reads a dump, and then its beginning again for the names. Takes little memory.
   *
   * @throws IOException if it cannot be read, is none, or is not whole
   */
  static HeapDump read(Path file) throws IOException {
    Sums sums = new Sums();
    Hprof.read(file, sums);
    Names names = new Names(sums.names());
    Hprof.read(file, names);
    List<List<StackTraceElement>> stacks = sums.stacks(names);
    return new HeapDump(
        sums.held(names),
        stacks.stream()
            .filter(stack -> isOf(stack, NO_MEMORY))
            .map(stack -> stack.subList(1, stack.size()))
            .findFirst()
            .orElse(List.of()),
        stacks.stream()
            .filter(stack -> !isOf(stack, NO_MEMORY))
            .filter(stack -> !isWaiting(stack.getFirst()))
            .toList());
  }

  /** One that spins computes, although that is a method of a thread. */
  private static boolean isWaiting(StackTraceElement innermost) {
    return WAITS.contains(innermost.getClassName())
        && !innermost.getMethodName().equals("onSpinWait");
  }

  private static boolean isOf(List<StackTraceElement> stack, String type) {
    return stack.getFirst().getClassName().equals(type);
  }

  /** About how much memory all objects took. */
  long bytes() {
    return held.stream().mapToLong(Held::bytes).sum();
  }

  /** Counts; names are in front of what has them in a dump, and only some of them are needed. */
  private static final class Sums implements Hprof.Visitor {

    private record Frame(long method, long file, int classSerial, int line) {}

    private final Map<Long, Long> types = new HashMap<>();
    private final Map<Integer, Long> bySerial = new HashMap<>();
    private final Map<Long, Frame> frames = new HashMap<>();
    private final List<long[]> traces = new ArrayList<>();
    private final Map<Long, long[]> objects = new HashMap<>();
    private final Map<Integer, long[]> primitives = new HashMap<>();

    @Override
    public void loaded(int serial, long type, long name) {
      types.put(type, name);
      bySerial.put(serial, name);
    }

    @Override
    public void frame(long frame, long method, long file, int classSerial, int line) {
      frames.put(frame, new Frame(method, file, classSerial, line));
    }

    @Override
    public void trace(long[] trace) {
      traces.add(trace);
    }

    @Override
    public void object(long type, long bytes) {
      add(objects.computeIfAbsent(type, none -> new long[2]), bytes);
    }

    @Override
    public void primitives(int type, long bytes) {
      add(primitives.computeIfAbsent(type, none -> new long[2]), bytes);
    }

    private static void add(long[] sum, long bytes) {
      sum[0]++;
      sum[1] += bytes;
    }

    Set<Long> names() {
      Set<Long> names = new HashSet<>(bySerial.values());
      frames
          .values()
          .forEach(
              frame -> {
                names.add(frame.method());
                names.add(frame.file());
              });
      names.remove(0L); // of a class without a source
      return names;
    }

    List<Held> held(Names names) {
      List<Held> held = new ArrayList<>();
      objects.forEach(
          (type, sum) ->
              held.add(new Held(shown(names.of(types.getOrDefault(type, 0L))), sum[0], sum[1])));
      primitives.forEach(
          (type, sum) -> held.add(new Held(Hprof.PRIMITIVES[type] + "[]", sum[0], sum[1])));
      held.sort(Comparator.comparingLong(Held::bytes).reversed());
      return held;
    }

    /** As Java's source has it: in a dump it is as in a class file. */
    private static String shown(String name) {
      int dimensions = name.lastIndexOf('[') + 1;
      String element = name.substring(dimensions).replace('/', '.');
      if (dimensions == 0) {
        return element;
      }
      String type =
          switch (element.charAt(0)) {
            case 'L' -> element.substring(1, element.length() - 1);
            case 'Z' -> "boolean";
            case 'C' -> "char";
            case 'F' -> "float";
            case 'D' -> "double";
            case 'B' -> "byte";
            case 'S' -> "short";
            case 'I' -> "int";
            default -> "long";
          };
      return type + "[]".repeat(dimensions);
    }

    /** Those that have frames. */
    List<List<StackTraceElement>> stacks(Names names) {
      return traces.stream()
          .map(trace -> elements(trace, names))
          .filter(stack -> !stack.isEmpty())
          .toList();
    }

    private List<StackTraceElement> elements(long[] trace, Names names) {
      List<StackTraceElement> elements = new ArrayList<>();
      for (long id : trace) {
        Frame frame = frames.get(id);
        if (frame != null) {
          elements.add(
              new StackTraceElement(
                  shown(names.of(bySerial.getOrDefault(frame.classSerial(), 0L))),
                  names.of(frame.method()),
                  names.of(frame.file()),
                  frame.line()));
        }
      }
      return elements;
    }
  }

  private static final class Names implements Hprof.Visitor {

    private final Set<Long> wanted;
    private final Map<Long, String> texts = new HashMap<>();

    private Names(Set<Long> wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean isDone() {
      return texts.size() == wanted.size();
    }

    @Override
    public boolean wants(long name) {
      return wanted.contains(name);
    }

    @Override
    public void name(long name, String text) {
      texts.put(name, text);
    }

    String of(long name) {
      return texts.getOrDefault(name, "unknown");
    }
  }
}
