/**
 * From the meters of all bundles to the text of one scrape.
 *
 * <pre>
 *  Meters ──▶ Gathering ──Family──▶ Snapshots ──▶ Format ──▶ the buffer for the client
 *                 │
 *              Reading   in a thread that is given up if a meter does not end
 * </pre>
 *
 * {@link slipway.services.metrics.scrape.Scraper} does it in a thread of its own, one at a time.
 */
package slipway.services.metrics.scrape;
