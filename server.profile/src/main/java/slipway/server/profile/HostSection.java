package slipway.server.profile;

import slipway.profile.Section;
import slipway.profile.Timing;
import slipway.server.profile.jfr.Owner;

/** A section of a bundle. Has its number in each {@link Term} from when it is first timed in it. */
final class HostSection implements Section {

  private final Switch sections;
  private final Owner owner;
  private final String name;

  /** Of the term that it was timed in last; null before. */
  private volatile Place place;

  private record Place(Term term, int number) {}

  HostSection(Switch sections, Owner owner, String name) {
    this.sections = sections;
    this.owner = owner;
    this.name = name;
  }

  Owner owner() {
    return owner;
  }

  String name() {
    return name;
  }

  @Override
  public Timing begin() {
    Meter meter = sections.meter();
    return meter == null ? Timing.NONE : meter.begin(this);
  }

  /** Its number in a term, which gives it one the first time. */
  int number(Term term) {
    Place now = place;
    return now != null && now.term() == term ? now.number() : placed(term);
  }

  private synchronized int placed(Term term) {
    Place now = place;
    if (now == null || now.term() != term) {
      now = new Place(term, term.number(this));
      place = now;
    }
    return now.number();
  }

  @Override
  public String toString() {
    return name;
  }
}
