/*
 * A server on epoll, as a yardstick: what the operating system's part of an answer costs. A program
 * says what it answers; loops.c does the rest.
 */
#ifndef LOOPS_H
#define LOOPS_H

#include <stdint.h>
#include <sys/types.h>

enum { MAX_LOOPS = 64 };

/*
 * The program's: makes the answer of what has come, in place. Returns how many bytes are answered,
 * which is the answer's length, too; the rest comes again with what follows. Returns -1 if the peer
 * is to be closed.
 */
ssize_t answer(uint8_t *bytes, size_t count);

/*
 * Listens on a free port of 127.0.0.1, prints "PORT n", and returns with the end of the standard
 * input. The first loop accepts, and gives the connections to the loops in turn.
 */
int serve(int loops);

#endif
