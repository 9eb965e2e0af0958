package slipway.server.profile.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/**
 * Says which class loader is which version: a recording knows each class by its loader's number,
 * the framework names no loader, and two versions have classes of the same names. JFR keeps no
 * version for it.
 */
@Name(VersionEvent.NAME)
@Label("Version of a service")
@Description("A version of a service, and the class loader that its code has")
@Category("Slipway")
@Period("everyChunk")
@StackTrace(false)
final class VersionEvent extends Event {

  static final String NAME = "slipway.Version";
  static final String SERVICE = "service";
  static final String VERSION = "version";
  static final String TYPE = "type";

  @Label("Service")
  String service;

  @Label("Version")
  String version;

  @Label("A class of its class loader")
  Class<?> type;
}
