package slipway.server.account;

/**
 * What the host runs on.
 *
 * @param processors how many threads can work at once
 * @param heap bytes to which the heap may grow
 */
record Machine(int processors, long heap) {

  static Machine current() {
    Runtime runtime = Runtime.getRuntime();
    return new Machine(runtime.availableProcessors(), runtime.maxMemory());
  }
}
