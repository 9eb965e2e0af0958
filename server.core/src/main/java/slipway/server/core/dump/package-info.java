/**
 * What is kept in {@code var/dump}, as the running host sees it.
 *
 * <pre>
 *  DumpReport ──at the start──▶ log: what nobody has seen    ◀── dead hosts, by the launcher
 *  DumpControl ──asked──▶ slipway.dump.kept: a draft, then kept
 *       └─ Archive ◀── each bundle's Attachable: AttachedLog, AttachedThreads, … are the host's own
 * </pre>
 */
package slipway.server.core.dump;
