package slipway.server.account;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of accounts. */
@ObjectClassDefinition(
    name = "Slipway accounts",
    description =
        "How passwords are hashed, and how many an address may try. Changes take effect at once; a "
            + "hash of another cost than configured is made again when its user logs in.")
@interface AccountConfig {

  /** The PID. */
  String PID = "slipway.account";

  @AttributeDefinition(
      name = "password.min",
      type = AttributeType.INTEGER,
      min = "1",
      max = "128",
      description = "The fewest characters of a new password. It has at most 128 bytes.")
  int password_min() default 6;

  @AttributeDefinition(
      name = "hash.memory",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1024",
      description =
          "MiB of memory for one hash. With hash.threads it takes at most half of the heap.")
  int hash_memory() default 19;

  @AttributeDefinition(
      name = "hash.iterations",
      type = AttributeType.INTEGER,
      min = "1",
      max = "100",
      description = "How many passes a hash makes over its memory.")
  int hash_iterations() default 2;

  @AttributeDefinition(
      name = "hash.threads",
      type = AttributeType.INTEGER,
      min = "1",
      description = "How many hashes are made at once, at most as many as there are processors.")
  int hash_threads() default 1;

  @AttributeDefinition(
      name = "hash.queue",
      type = AttributeType.INTEGER,
      min = "1",
      max = "100000",
      description =
          "How many log-ins may wait for a thread. Beyond that, log-ins of the address that "
              + "has most waiting are refused.")
  int hash_queue() default 100;

  @AttributeDefinition(
      name = "address.queue",
      type = AttributeType.INTEGER,
      min = "1",
      max = "100000",
      description =
          "How many log-ins of one address (IPv6: one /64 network) may wait or be under way; those"
              + " beyond are refused at once.")
  int address_queue() default 10;

  @AttributeDefinition(
      name = "address.registrations",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description =
          "How many names one address may register in registrations.window. What users add makes"
              + " does not count.")
  int address_registrations() default 5;

  @AttributeDefinition(
      name = "registrations.window",
      description = "The time in which address.registrations are counted; up to 365d.")
  String registrations_window() default "1h";
}
