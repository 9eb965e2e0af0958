package slipway.server.core.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.server.core.watch.HeapDump.Held;
import slipway.server.core.watch.Offence.Culprit;

/**
 * What used the memory that a heap dump shows, as far as classes and stacks reveal it.
 *
 * @param dump what it shows
 * @param room how many bytes the heap had room for
 * @param running the versions whose code ran then, each with its innermost frame: first the one in
 *     which the memory ran out, if it did in that of a version
 * @param services about how many bytes the objects of each version's own classes took, most first
 */
record MemoryUse(
    HeapDump dump,
    long room,
    Map<Culprit, StackTraceElement> running,
    Map<Culprit, Long> services) {

  private static final int CLASSES = 40;
  private static final int SERVICES = 3;

  /** A share of the memory that is worth a word. */
  private static final double NOTABLE = 0.01;

  /**
   * A full heap holds no less than this share of its room in objects. It holds less if one object
   * was too large; or if two threads ran out at once: Java makes the dump for the first of them,
   * and the other may have released what it had before that.
   */
  private static final double FULL = 1.0 / 3;

  /**
   * Looks at a dump.
   *
   * @param room how many bytes the heap had room for
   * @param services which version a class of a name may be of; asked once for each name
   */
  static MemoryUse of(HeapDump dump, long room, Function<String, Optional<Culprit>> services) {
    Map<String, Optional<Culprit>> known = new HashMap<>();
    Function<String, Optional<Culprit>> owners = type -> known.computeIfAbsent(type, services);
    Map<Culprit, StackTraceElement> running = new LinkedHashMap<>();
    Stream.concat(Stream.of(dump.stack()), dump.running().stream())
        .forEach(stack -> addInnermost(stack, owners, running));
    Map<Culprit, Long> bytes = new LinkedHashMap<>();
    for (Held held : dump.held()) {
      owners
          .apply(held.element())
          .ifPresent(service -> bytes.merge(service, held.bytes(), Long::sum));
    }
    Map<Culprit, Long> sorted = new LinkedHashMap<>();
    bytes.entrySet().stream()
        .sorted(Map.Entry.<Culprit, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(one -> sorted.put(one.getKey(), one.getValue()));
    return new MemoryUse(dump, room, running, sorted);
  }

  private static void addInnermost(
      List<StackTraceElement> stack,
      Function<String, Optional<Culprit>> owners,
      Map<Culprit, StackTraceElement> running) {
    for (StackTraceElement frame : stack) {
      Optional<Culprit> owner = owners.apply(frame.getClassName());
      if (owner.isPresent()) {
        running.putIfAbsent(owner.get(), frame);
        return;
      }
    }
  }

  /** For the log. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        running.isEmpty()
            ? "No service's code ran just then"
            : "Code of services that ran just then: "
                + running.entrySet().stream()
                    .map(one -> one.getKey() + " in " + one.getValue())
                    .collect(Collectors.joining(", ")));
    long all = dump.bytes();
    String most =
        dump.held().stream()
            .limit(1)
            .map(held -> "most were " + held.type() + " with " + megabytes(held.bytes()))
            .collect(Collectors.joining());
    String own =
        services.entrySet().stream()
            .filter(one -> one.getValue() >= NOTABLE * all)
            .limit(SERVICES)
            .map(one -> one.getKey() + " with " + megabytes(one.getValue()))
            .collect(Collectors.joining(", "));
    sentences.add(
        "Of "
            + megabytes(all)
            + " of objects, "
            + most
            + (own.isEmpty() ? "" : "; of services' own classes those of " + own));
    if (all < FULL * room) {
      sentences.add(
          "There is room for "
              + megabytes(room)
              + ": one object would have taken more than the rest, or what had filled it was "
              + "released"
              + " before the dump was made");
    }
    return sentences;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", Math.round(bytes / 1e6));
  }

  /** For the file beside the dump. */
  List<String> text(String name, Instant written) {
    List<String> text = new ArrayList<>();
    text.add(name + " was written at " + written + ", as no memory was left.");
    sentences().forEach(sentence -> text.add(sentence + "."));
    if (!dump.stack().isEmpty()) {
      text.add("");
      text.add("Where it ran out:");
      dump.stack().forEach(one -> text.add("  " + one));
    }
    if (!services.isEmpty()) {
      text.add("");
      text.add("Objects of services' own classes, without what they refer to:");
      services.forEach(
          (who, bytes) -> text.add(String.format(Locale.ROOT, "  %,15d bytes  %s", bytes, who)));
    }
    text.add("");
    text.add("Classes with the most memory, without what their objects refer to:");
    dump.held().stream()
        .limit(CLASSES)
        .forEach(
            held ->
                text.add(
                    String.format(
                        Locale.ROOT,
                        "  %,15d bytes  %,12d objects  %s",
                        held.bytes(),
                        held.objects(),
                        held.type())));
    return text;
  }
}
