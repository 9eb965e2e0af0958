package slipway.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import slipway.bench.measure.Frames;

/** A process of the C program that runs a loop of frames beside the host's, or just computes. */
public final class FrameTwin implements AutoCloseable {

  private static final Path PROGRAM = Path.of("bench/target/frames");
  private static final String END = "END";

  private final Process process;
  private final int fps;

  private FrameTwin(int fps, String... arguments) throws IOException {
    this.fps = fps;
    this.process =
        Children.start(
            new ProcessBuilder(
                    Stream.concat(
                            Stream.of(PROGRAM.toAbsolutePath().toString()), Stream.of(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
  }

  /** Whether a C compiler was there. */
  public static boolean exists() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Begins a loop.
   *
   * @param cpuMicros of work in each frame
   * @param frames how many
   */
  public static FrameTwin start(int fps, int cpuMicros, int frames) throws IOException {
    return new FrameTwin(
        fps, Integer.toString(fps), Integer.toString(cpuMicros), Integer.toString(frames));
  }

  /** Begins to use one processor. */
  public static FrameTwin burn() throws IOException {
    return new FrameTwin(1, "burn");
  }

  /** Its process, which ends when this is closed. */
  public long pid() {
    return process.pid();
  }

  /** Waits for its last frame; times are from when the first was due. */
  public Frames frames() throws IOException {
    return parse(
        fps,
        new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
            .lines()
            .takeWhile(line -> !line.equals(END))
            .toList());
  }

  static Frames parse(int fps, List<String> lines) throws IOException {
    LongStream.Builder numbers = LongStream.builder();
    LongStream.Builder nanos = LongStream.builder();
    for (String line : lines) {
      String[] fields = line.split(" ");
      if (fields.length != 2) {
        throw new IOException("the C loop has printed: " + line);
      }
      numbers.add(Long.parseLong(fields[0]));
      nanos.add(Frames.due(fps, Long.parseLong(fields[0])) + Long.parseLong(fields[1]));
    }
    return new Frames(fps, numbers.build().toArray(), nanos.build().toArray());
  }

  @Override
  public void close() {
    Children.kill(process);
  }
}
