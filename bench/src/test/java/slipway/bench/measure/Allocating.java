package slipway.bench.measure;

import java.io.IOException;

/** A process that allocates so many bytes at each byte that comes in, and answers with a byte. */
final class Allocating {

  static final int BYTES = 1_000_000;

  /** So that it has to be allocated. */
  private static volatile Object last;

  private Allocating() {}

  public static void main(String[] arguments) throws IOException {
    System.out.write('.');
    System.out.flush();
    for (int next = System.in.read(); next >= 0; next = System.in.read()) {
      last = new byte[BYTES];
      System.out.write(next);
      System.out.flush();
    }
    System.exit(last == null ? 1 : 0);
  }
}
