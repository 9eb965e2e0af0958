/**
 * The host's own commands: thin layers over {@code slipway.admin} and {@code slipway.account},
 * written with {@code slipway.command} as those of any bundle are. Each {@code …Command} is a
 * component that makes the object of a call; a command with verbs has them in a class of its own,
 * and its tables and the types of its parameters beside it.
 */
package slipway.shell.commands.host;
