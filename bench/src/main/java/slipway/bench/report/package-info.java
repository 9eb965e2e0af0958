/** What the bench writes: Markdown tables, JSON and SVG charts. */
package slipway.bench.report;
