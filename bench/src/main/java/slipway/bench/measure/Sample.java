package slipway.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/** Numbers of repeated runs, and what the report says of them. Not empty. */
public final class Sample {

  private final double[] sorted;

  private Sample(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a sample needs a number");
    }
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  public static Sample of(double... values) {
    return new Sample(values);
  }

  public static Sample of(Collection<Double> values) {
    return new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  public double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double min() {
    return sorted[0];
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  public int size() {
    return sorted.length;
  }
}
