package slipway.server.config;

import java.util.Comparator;

/**
 * Which configuration: a PID, or a factory PID and the name that tells its configurations apart.
 *
 * @param pid the PID, or the factory PID
 * @param name the name; empty for a singleton
 */
record ConfigurationId(String pid, String name) implements Comparable<ConfigurationId> {

  /** PIDs of the host begin so; what others make under them is written to a file. */
  static final String OWN = "slipway.";

  private static final Comparator<ConfigurationId> ORDER =
      Comparator.comparing(ConfigurationId::pid).thenComparing(ConfigurationId::name);

  /**
   * The configuration that Config Admin knows by a PID.
   *
   * @param cmPid the PID
   * @param factoryPid the factory PID, null for a singleton
   */
  static ConfigurationId of(String cmPid, String factoryPid) {
    if (factoryPid == null) {
      return new ConfigurationId(cmPid, "");
    }
    boolean prefixed = cmPid.length() > factoryPid.length() + 1 && cmPid.startsWith(factoryPid);
    return new ConfigurationId(
        factoryPid, prefixed ? cmPid.substring(factoryPid.length() + 1) : cmPid);
  }

  /** The PID by which Config Admin knows the configuration. */
  String cmPid() {
    return name.isEmpty() ? pid : pid + "~" + name;
  }

  boolean isOwn() {
    return pid.startsWith(OWN);
  }

  @Override
  public int compareTo(ConfigurationId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return cmPid();
  }
}
