/**
 * HTTP/1.1 and 1.0 as far as machines that scrape and probe need it: GET and HEAD of a few paths.
 *
 * <pre>
 *  client ──▶ RequestDecoder ──▶ Requests ──▶ Page    answers later, in any thread
 *                  ▲  holds          │
 *                  └─────────────────┘ one request at a time
 * </pre>
 */
package slipway.services.metrics.http;
