/** The peers: the least echo server that each of the field's ways gives, each a process. */
package slipway.bench.server;
