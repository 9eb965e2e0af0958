/**
 * Recordings of worlds: how a world was, and then, frame by frame, what it was told and what it
 * did, so that a version can be told the same and compared.
 *
 * <p>A file is a row of blocks; a file that ends too early is good up to its last whole block.
 * Numbers are big-endian, texts are as {@link java.io.DataOutputStream#writeUTF} writes them, and
 * {@code bytes} are an i32 for their length, and themselves.
 *
 * <pre>
 *  file    the letters SLIPWAYR, u16 format (1), START, any number of FRAME, END
 *  block   u8 kind, i32 length of the content, the content, u32 CRC32C of the content
 *
 *  START   1  service, world, and version: text. When it began: i64, in milliseconds since 1970.
 *             Frames a second: i32. AUTH or GAME: text. Number of worlds that sessions can move
 *             to: i32, then their names: text. Number of sessions: i32, then of each
 *             its number: i64, its mode: text, its peer. The state: bytes, by World.save
 *  FRAME   2  what it took, in nanoseconds: i64. Why it has failed: text, empty if it has not.
 *             Number of inputs: i32, then the inputs. Number of answers: i32, then 8 in a byte,
 *             the first in its lowest bit. Number of gifts: i32, then the gifts: bytes. Number of
 *             sessions that something was done with: i32, then of each its number: i64, 0 for what
 *             is done with nobody's session, the number of deeds: i32, and of each deed a
 *             checksum: i32
 *  END     3  why the recording has ended: text. Number of frames: i64
 *
 *  peer    the address: bytes, none if it has no address of IP, and the port: i32
 *
 *  input   1  a session joins: number i64, mode text, peer, ticket bytes
 *          2  a packet: session i64, bytes
 *          3  a session has sent nothing for too long: i64
 *          4  another world tells: its name text, bytes
 *          5  an answer: tag text, bytes
 *          6  no answer: tag text, reason text
 *          7  the step: number i64, nanoseconds i64, missed i32
 *          8  a session leaves: i64, MOVED or GONE text
 *          9  a session is released: i64
 *          10 a session has lost its connection: i64
 *          11 a session has another connection: i64
 * </pre>
 *
 * <p>An <b>answer</b> is what the host answered when the world asked for something, such as to send
 * a packet: true or false, in the order of the calls. A <b>gift</b> is what it gave as bytes: a
 * token, none for null, or a position, an i64. A <b>deed</b> is a call of the world: {@link
 * slipway.server.world.record.Deeds} has their checksums.
 */
package slipway.server.world.record;
