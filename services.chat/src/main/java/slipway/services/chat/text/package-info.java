/**
 * What comes in from terminals and programs, and what may go out to them.
 *
 * <pre>
 *  bytes ──▶ TelnetFilter ──┬──▶ LineEnds      which end is meant
 *                 │         └──▶ EchoOption    who shows what is typed
 *                 ▼
 *            PlainText, OtherProtocol          what a line says
 *
 *  RoomName, ShownName, Day, Goodbye           what users read
 * </pre>
 */
package slipway.services.chat.text;
