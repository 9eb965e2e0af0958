/**
 * What is kept in the database: messages in their order, topics, mutes and what operators did.
 *
 * <pre>
 *  sessions ──▶ Journal ──▶ Batches ──▶ Transaction ──▶ Messages ──▶ chat_message
 *                  └─────▶ Delivery     what is stored, in its order, each once
 *  sessions ──▶ Archive                 what was said, topics, mutes, whom users ignore, the audit
 *  Retention                            what is too old, or too much
 * </pre>
 */
package slipway.services.chat.store;
