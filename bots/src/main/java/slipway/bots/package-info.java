/**
 * The program behind {@code bin/slipway bots}: test clients that prove a packet server or a world.
 * It is no bundle, and needs nothing of a host but its jars.
 *
 * <pre>
 *   Main ─▸ Bots ─▸ EchoVerb, PublishVerb, AttackVerb, WorldVerb ─▸ Conductor ─▸ Run
 *          grammar   options, checked                               time, Ctrl-C,  │
 *                                                                   the report     ▾
 *                                               echo, publish, attack, world: the bots
 *                                                            link: their connections
 *                                                            report: what they have seen
 * </pre>
 */
package slipway.bots;
