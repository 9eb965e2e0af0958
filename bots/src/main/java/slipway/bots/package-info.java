/**
 * The program behind {@code bin/slipway bots}: test clients that prove a packet server. It is no
 * bundle, and needs nothing of a host but its jars.
 *
 * <pre>
 *   Main ─▸ Bots ─▸ EchoVerb, PublishVerb, AttackVerb ─▸ Conductor ─▸ Run
 *          grammar   options, checked                    time, Ctrl-C,   │
 *                                                        the report      ▾
 *                                              echo, publish, attack: the bots
 *                                                  link: their connections
 *                                                  report: what they have seen
 * </pre>
 */
package slipway.bots;
