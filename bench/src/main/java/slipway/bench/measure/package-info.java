/** What is read from the operating system and the Java machine, and what is made of the numbers. */
package slipway.bench.measure;
