/**
 * What systemd is told of the host, if it has started it: by datagrams to a Unix socket, as
 * sd_notify(3) says.
 *
 * <pre>
 *  HostPhase ──▶ Notices ──READY, STATUS, STOPPING──┐
 *  Health ─────▶   │  └──▶ StatusLine               ├──▶ NotifySocket ──▶ systemd
 *     └────────▶ KeepAlive ───────WATCHDOG──────────┘
 * </pre>
 *
 * <p>{@code bin/slipway run} takes the socket's address out of the environment, so that nothing
 * that the host starts inherits it, and passes it on as a property.
 */
package slipway.server.core.systemd;
