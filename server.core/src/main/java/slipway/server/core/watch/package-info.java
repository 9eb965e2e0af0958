/**
 * Sees who keeps an event loop, or the threads of all virtual threads, for too long.
 *
 * <pre>
 *  Watchdog ──each quarter of after──▶ Look ──▶ Loops     event loops, by their Occupation
 *     ▲                                 │  └──▶ Streams   virtual threads, and a probe for the rest
 *     │ keeps, seen                     │           │ a Stint for each: how long at one thing
 *  commands, the host's end             │           ▼
 *                                       │        Offences ──▶ ServiceClasses: whose code it is
 *                                       └─ tells each Offence once, and then seldom
 * </pre>
 *
 * <p>Beside it, and with the same {@code ServiceClasses}: who has called {@code System.exit}
 * ({@code ExitNotice}), who has lost a buffer ({@code BufferLeaks}), and who fills the memory
 * ({@code MemoryReport}, {@code HeapDump}).
 */
package slipway.server.core.watch;
