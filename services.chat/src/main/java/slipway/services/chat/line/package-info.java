/**
 * What a connection's user writes and reads, line by line.
 *
 * <pre>
 *  pipeline ──▶ LineQueue ──▶ Taker     one line after the other; what takes time makes those behind it wait
 *  pipeline ◀── Screen ◀──── answers, questions, lines of rooms
 * </pre>
 */
package slipway.services.chat.line;
