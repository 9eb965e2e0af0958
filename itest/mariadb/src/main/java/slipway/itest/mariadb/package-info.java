/**
 * For tests that need a database on the network: {@link slipway.itest.mariadb.MariaDb} is a real
 * server, {@link slipway.itest.mariadb.BadNetwork} a way to it that fails when told to.
 */
package slipway.itest.mariadb;
