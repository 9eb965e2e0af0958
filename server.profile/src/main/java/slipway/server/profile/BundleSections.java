package slipway.server.profile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import slipway.profile.Section;
import slipway.profile.Sections;
import slipway.server.profile.jfr.Owner;

/** The sections of one bundle. */
@Component(scope = ServiceScope.BUNDLE)
public final class BundleSections implements Sections {

  private static final int LONGEST_NAME = 64;

  private final Switch sections;
  private final Owner owner;
  private final Map<String, Section> all = new ConcurrentHashMap<>();

  /** For Declarative Services. */
  @Activate
  public BundleSections(@Reference Switch sections, ComponentContext context) {
    this(sections, Owner.of(context.getUsingBundle()));
  }

  BundleSections(Switch sections, Owner owner) {
    this.sections = sections;
    this.owner = owner;
  }

  @Override
  public Section section(String name) {
    if (!isAllowed(name)) {
      throw new IllegalArgumentException(
          "the name of a section is 1 to " + LONGEST_NAME + " characters that are drawn: " + name);
    }
    Section there = all.get(name);
    if (there != null) {
      return there;
    }
    return all.size() < MOST
        ? all.computeIfAbsent(name, given -> new HostSection(sections, owner, given))
        : Section.NONE;
  }

  private static boolean isAllowed(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.codePoints().noneMatch(Character::isISOControl);
  }
}
