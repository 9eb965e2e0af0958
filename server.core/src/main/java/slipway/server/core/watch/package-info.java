/**
 * Sees which code keeps an event loop, or the threads of all virtual threads, for too long.
 *
 * <pre>
 *  Watchdog ──each quarter of after──▶ Look ──▶ Loops     event loops, by their Occupation
 *     ▲                                 │  └──▶ Streams   virtual threads, and a probe for the rest
 *     │ keeps, seen                     │           │ a Stint for each: how long at one thing
 *  commands, the host's end             │           ▼
 *                                       │        Offences ──▶ ServiceClasses: whose code it is
 *                                       └─ reports each Offence once, then rarely
 * </pre>
 *
 * <p>Beside it, and with the same {@code ServiceClasses}: which code has called {@code System.exit}
 * ({@code ExitNotice}), has lost a buffer ({@code BufferLeaks}), or fills the memory ({@code
 * MemoryReport}, {@code HeapDump}).
 */
package slipway.server.core.watch;
