/**
 * Commands for the text of other commands, after a {@code |}: {@code libctl ps | grep echo}. They
 * read what comes line by line, and are written with {@code slipway.command} alone.
 */
package slipway.shell.commands.filter;
