/**
 * What a run has shown: what must be zero, figures, the first bad packet; as text and as JSON.
 *
 * <pre>
 *   Run ─▸ Report ─┬─▸ Check ...    ─▸ TextReport, JsonReport
 *                  ├─▸ Figure ...
 *                  └─▸ Fault
 *   Connections      the checks and figures that clients of each kind have
 *   Speed            how many there are in a second
 * </pre>
 */
package slipway.bots.report;
