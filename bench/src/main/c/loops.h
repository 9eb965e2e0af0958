/*
 * A server on epoll, as a yardstick: what the operating system's part of an answer costs. A program
 * says what it answers; loops.c does the rest.
 */
#ifndef LOOPS_H
#define LOOPS_H

#include <stdint.h>
#include <sys/types.h>

enum { MAX_LOOPS = 64 };

struct connection;

/*
 * The program's: deals with what has come, and leaves its answer, which is no longer, where that
 * began. Returns how many bytes are dealt with, and sets the answer's length; the rest comes again
 * with what follows. Returns -1 if the peer is to be closed.
 */
ssize_t answer(struct connection *from, uint8_t *bytes, size_t count, size_t *length);

/*
 * For answer: sends to all connections of all loops but one. What a peer does not take waits, and a
 * peer for which more than 256 KiB would wait is closed.
 */
void send_to_others(const struct connection *one, const uint8_t *bytes, size_t count);

/*
 * Listens on a free port of 127.0.0.1, prints "PORT n", and returns with the end of the standard
 * input. The first loop accepts, and gives the connections to the loops in turn.
 */
int serve(int loops);

#endif
