/**
 * Commands of the console.
 *
 * <pre>
 *  desk     finds the commands of all bundles, parses, completes, explains, shows
 *  host     the host's own commands
 * </pre>
 *
 * <p>Neither knows the other: the desk finds the host's commands as it finds those of any bundle.
 */
package slipway.shell.commands;
