package slipway.world;

/** What a world does that was not done with a frame when the next one was due. */
public sealed interface Overrun {

  /** It leaves out the frames whose time has passed: its clock is right, and players see a jump. */
  record Skip() implements Overrun {
    @Override
    public String toString() {
      return "skip";
    }
  }

  /**
   * It makes up for them by frames without a pause between them, up to some, and leaves out those
   * beyond: its clock is right, and for a while it is faster.
   *
   * @param most how many frames it may be behind, 1 or more
   */
  record CatchUp(int most) implements Overrun {

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public CatchUp {
      if (most < 1) {
        throw new IllegalArgumentException("catch-up " + most + ": allowed is 1 or more");
      }
    }

    @Override
    public String toString() {
      return "catch-up " + most;
    }
  }

  /** Its time stands still meanwhile: no frame is left out, and its clock falls behind. */
  record Stretch() implements Overrun {
    @Override
    public String toString() {
      return "stretch";
    }
  }

  /** Leaves frames out. */
  static Overrun skip() {
    return new Skip();
  }

  /** Makes up for frames. */
  static Overrun catchUp(int most) {
    return new CatchUp(most);
  }

  /** Lets time stand still. */
  static Overrun stretch() {
    return new Stretch();
  }
}
