/**
 * The host's commands. Each is a Gogo function that parses its arguments, calls {@code
 * slipway.admin} and formats what comes back, so that every surface that runs Gogo has them.
 */
package slipway.shell.commands;
