package slipway.bench;

import java.io.IOException;
import slipway.bench.report.Section;

/** One of the things that are measured. */
interface Experiment {

  /** As it is called on the command line and in the results. */
  String name();

  /** Measures; takes minutes. */
  Section run(Progress progress) throws IOException;
}
