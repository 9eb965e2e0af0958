package slipway.server.acceptor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import slipway.admin.AcceptorAdmin;

/** The configuration of one acceptor, {@code slipway.acceptor~NAME}. */
@ObjectClassDefinition(
    name = "Slipway acceptor",
    description = "A listening address. Changes take effect at once; open connections are kept.")
@interface AcceptorConfig {

  /** The factory PID. */
  String PID = AcceptorAdmin.PID;

  @AttributeDefinition(
      description =
          "The address to listen on: an IP address, a link-local one with its interface"
              + " (fe80::1%eth0), 0.0.0.0 or :: for all, or unix:PATH for a Unix domain socket; a"
              + " relative path counts from the host's folder.")
  String ip() default "127.0.0.1";

  @AttributeDefinition(
      type = AttributeType.INTEGER,
      min = "0",
      max = "65535",
      description = "The port to listen on; 0 for any. Not used with unix:PATH.")
  int port() default 2000;

  @AttributeDefinition(
      required = false,
      description = "The service of all connections; empty: the client chooses.")
  String service() default "";

  @AttributeDefinition(
      name = "service.override",
      description = "The client still names a service first, but always gets the one above.")
  boolean service_override() default false;

  @AttributeDefinition(
      description = "START: accepts. STOP: holds the address, and clients wait in the backlog.",
      options = {
        @Option(label = "START", value = "START"),
        @Option(label = "STOP", value = "STOP")
      })
  String state() default "START";

  @AttributeDefinition(
      type = AttributeType.INTEGER,
      min = "1",
      max = "65535",
      description =
          "How many clients may wait to be accepted; the operating system may allow fewer.")
  int backlog() default 1024;

  @AttributeDefinition(
      name = "max.connections",
      type = AttributeType.INTEGER,
      min = "0",
      description = "Open connections at which accepting stops; 0 for no limit.")
  int max_connections() default 0;

  @AttributeDefinition(
      name = "idle.timeout",
      description =
          "Time without a byte in either direction after which a connection is closed; 0 for"
              + " never.")
  String idle_timeout() default "60s";

  @AttributeDefinition(
      name = "dispatch.timeout",
      description =
          "Time in which a client has to name a service, and the service has to be there.")
  String dispatch_timeout() default "5s";

  @AttributeDefinition(
      required = false,
      description =
          "What stands before the service, by name, as the client's bytes pass it: proxy, tls. The "
              + "acceptor accepts no clients until bundles bring all of them.")
  String[] stages() default {};

  @AttributeDefinition(
      required = false,
      description =
          "Who may use it. operators: also leads to services for operators; only with unix:PATH,"
              + " unless service is another one than admin. Empty: users, except for the service"
              + " admin.",
      options = {
        @Option(label = "users", value = "users"),
        @Option(label = "operators", value = "operators")
      })
  String audience() default "";

  @AttributeDefinition(
      description =
          "Answers UDP datagrams of up to 16 bytes on the same port with the same datagram, so that"
              + " clients can find the host.")
  boolean discovery() default false;
}
