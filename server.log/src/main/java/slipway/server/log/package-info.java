/**
 * The host's log. This bundle is a fragment of the logging backend, pax-logging-logback, so that it
 * is there from the first record on, and {@code conf/logback.xml} names its appender:
 *
 * <pre>
 *  any thread ──HostLog──▶ bounded queue ──LogThread──▶ RecordOf ─▶ Fold ─▶ LogFiles  var/log
 *                                              ▲                      └──▶ Followers  logs show -f
 *                                         HostLogAdmin (slipway.admin.LogAdmin)
 * </pre>
 */
package slipway.server.log;
