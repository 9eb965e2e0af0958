/** What is kept in the database: messages in their order, topics, mutes and what operators did. */
package slipway.services.chat.store;
