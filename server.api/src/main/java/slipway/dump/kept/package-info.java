/**
 * What is left of an event, such as a crash, in {@code var/dump}. Both the host and the processes
 * beside it write there, so it is in neither; no bundle sees it, and each has a copy of its own.
 *
 * <pre>
 *  var/dump/.TIME.PID   DumpDraft: being written, by the process PID
 *       │ keep
 *       ▼
 *  var/dump/TIME        KeptDump: event.txt says what happened; acknowledged, once an operator has
 *       │                         seen it
 *       ▼ DumpFolder.prune: beyond the Bounds
 *     gone
 * </pre>
 */
package slipway.dump.kept;
