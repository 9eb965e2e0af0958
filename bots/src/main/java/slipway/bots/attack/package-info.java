/**
 * Clients that send what is wrong, too much or nothing, beside clients that are to notice nothing.
 *
 * <pre>
 *   AttackRun ─┬─▸ EchoRun     the well-behaved clients
 *              └─▸ Attackers ─▸ Attacker ─▸ Assault    one connection after the other
 *                                              ├─▸ Munition      what is sent
 *                                              └─▸ AttackTally   one for each attack
 * </pre>
 */
package slipway.bots.attack;
