/**
 * What a run has shown: what must be zero, figures, the first bad packet; as text and as JSON.
 *
 * <pre>
 *   Run ─▸ Report ─┬─▸ Check ...    ─▸ TextReport, JsonReport
 *                  ├─▸ Figure ...
 *                  └─▸ Fault
 * </pre>
 */
package slipway.bots.report;
