package slipway.server.data;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the host's database, {@code slipway.data}. */
@ObjectClassDefinition(
    name = "Slipway database",
    description =
        "The host's database. A change takes effect at once; work that has begun ends where it"
            + " began.")
@interface DataConfig {

  /** The PID. */
  String PID = "slipway.data";

  @AttributeDefinition(
      description =
          "Where the database is: jdbc:h2:… (a relative file counts from the host's folder),"
              + " jdbc:mariadb://HOST/DATABASE or jdbc:mysql://HOST/DATABASE.")
  String url() default "jdbc:h2:file:./var/data/slipway";

  @AttributeDefinition(required = false, description = "The user's name.")
  String user() default "";

  @AttributeDefinition(
      type = AttributeType.PASSWORD,
      required = false,
      description = "The user's password; better kept in a file of its own.")
  String password() default "";

  @AttributeDefinition(
      name = "password.file",
      required = false,
      description =
          "A file that holds the password and nothing else; a relative path counts from the host's"
              + " folder. Read for each new connection.")
  String password_file() default "";

  @AttributeDefinition(
      name = "pool.size",
      type = AttributeType.INTEGER,
      min = "1",
      max = "256",
      description = "How many connections there may be, and how many tasks run at once.")
  int pool_size() default 8;

  @AttributeDefinition(
      name = "idle.timeout",
      description = "Time after which an unused connection is closed.")
  String idle_timeout() default "10m";

  @AttributeDefinition(
      name = "max.lifetime",
      description = "Time after which a connection is replaced by a new one.")
  String max_lifetime() default "30m";

  @AttributeDefinition(
      name = "connect.timeout",
      description = "Time in which a connection has to be established.")
  String connect_timeout() default "5s";

  @AttributeDefinition(
      name = "statement.timeout",
      description = "Time in which the database has to answer a statement.")
  String statement_timeout() default "30s";

  @AttributeDefinition(
      name = "migration.timeout",
      description = "Time in which the database has to answer a statement of a migration.")
  String migration_timeout() default "10m";

  @AttributeDefinition(
      name = "queue.limit",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description = "How much work may wait for a connection; more fails at once.")
  int queue_limit() default 1000;
}
