package slipway.server.profile;

import java.util.Comparator;
import slipway.server.profile.jfr.Owner;

/**
 * What one thread has spent in a section.
 *
 * @param owner of the section
 * @param section its name
 * @param thread its name, or what several are shown as
 */
record Measured(Owner owner, String section, String thread, Figures figures) {

  /** By service, version, section and thread. */
  static final Comparator<Measured> BY_NAME =
      Comparator.comparing((Measured each) -> each.owner().service())
          .thenComparing(each -> each.owner().version())
          .thenComparing(Measured::section)
          .thenComparing(Measured::thread);
}
