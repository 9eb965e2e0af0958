/**
 * Commands of the console.
 *
 * <pre>
 *  desk     finds the commands of all bundles, parses, completes, explains, shows
 *  host     the host's own commands
 *  filter   commands for the text of others, after a |
 * </pre>
 *
 * <p>None knows another: the desk finds these commands as it finds those of any bundle.
 */
package slipway.shell.commands;
