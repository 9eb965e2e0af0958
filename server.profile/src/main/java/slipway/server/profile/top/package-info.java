/**
 * Who uses the processor and the memory, while somebody looks.
 *
 * <pre>
 *  TallyStream ─▸ Tally ─▸ Shares: what each thread has used, by the owners it was seen in
 *  event loops  ─▸ HandlerLooks           │
 *                                         ▾
 *  TopVerb ◂── Measurement ◂── Sampling, each second
 * </pre>
 */
package slipway.server.profile.top;
