/**
 * The chat: users with accounts, rooms with history.
 *
 * <pre>
 *  ChatService ──▶ Assembly ──▶ all below        ChatConfig, ChatCheck: conf/slipway.chat.cfg
 *
 *  session ──┬──▶ line ──┐
 *            ├──▶ hall ──┴──▶ room ──▶ user ──▶ store ──▶ text
 *            └──▶ door
 *  memory, which door, hall and user keep things in
 * </pre>
 *
 * <p>Dependencies point to the right alone: {@code session} is one connection, {@code line} what
 * its user writes and reads, {@code hall} who is where, {@code door} who may come from where.
 */
package slipway.services.chat;
