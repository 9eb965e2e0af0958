/**
 * Services that read and write streams, each connection on a thread of its own, for authors who do
 * not know Netty.
 *
 * <pre>
 *   event loop ─▸ SharedInbox ─▸ InputStream ─┐
 *                (bounded; a full one         ├─ StreamService.serve, on a virtual thread
 *                 stops reading)              │
 *   event loop ◂─ ChannelOutputStream ◂───────┘
 * </pre>
 */
@Export
@Version("1.0.0")
package slipway.stream;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
