/**
 * The command {@code chat}, for operators.
 *
 * <pre>
 *  desk ──▶ ChatCommand ──call──▶ ChatVerbs ──▶ Operations ◀── ChatOperations ──▶ Hall, Journal, Archive
 * </pre>
 */
package slipway.services.chat.command;
