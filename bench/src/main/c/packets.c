/*
 * A server of packets, as a yardstick: what a packet costs with its framing. Usage: packets LOOPS
 * lan|xor2|chained. Answers a packet of type 5000 with the same fields and type 5001, and sends one
 * of type 5004 to all other peers, with type 5005. What it prints and when it ends: loops.h.
 */
#include "loops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE = 0x77, KEY = 0x32, KEY2 = 0x84, ECHO = 5000, PUBLISH = 5004 };
enum format { LAN, XOR2, CHAINED };

static enum format format;

static uint8_t sum(const uint8_t *payload, size_t length) {
  uint8_t all = 0;
  for (size_t i = 0; i < length; i++) all += payload[i];
  return all;
}

/* Takes the disguise off, in place; at is the key. Returns whether the checksum fits. */
static int decode(uint8_t *at, size_t length) {
  if (format == XOR2) {
    uint8_t mask = at[0];
    for (size_t i = 1; i < length + 2; i++) at[i] ^= mask;
  } else {
    uint8_t before = 0, e = 0;
    for (size_t i = 1; i < length + 2; i++) {
      uint8_t sent = at[i], p = sent ^ (uint8_t)(e + KEY + i);
      at[i] = p ^ (uint8_t)(before + at[0] + i);
      before = p;
      e = sent;
    }
  }
  return at[1] == sum(at + 2, length);
}

static void encode(uint8_t *at, size_t length) {
  static _Thread_local uint32_t random;
  random = random * 1664525 + 1013904223;
  at[0] = random >> 24;
  at[1] = sum(at + 2, length);
  if (format == XOR2) {
    uint8_t mask = at[0] ^ KEY ^ KEY2;
    at[0] = mask;
    for (size_t i = 1; i < length + 2; i++) at[i] ^= mask;
  } else {
    uint8_t p = 0, e = 0;
    for (size_t i = 1; i < length + 2; i++) {
      p = at[i] ^ (uint8_t)(p + at[0] + i);
      e = p ^ (uint8_t)(e + KEY + i);
      at[i] = e;
    }
  }
}

static size_t u16(const uint8_t *at) {
  return at[0] | at[1] << 8;
}

/* Whether it is a packet that is answered, as far as its length tells. */
static int is(const uint8_t *payload, size_t length, unsigned type) {
  if (length < 4 || u16(payload) != type) return 0;
  return type == ECHO ? length >= 18 : u16(payload + 2) == length - 4;
}

/* Answers the packets that are whole; the peer is closed if one is wrong. */
ssize_t answer(struct connection *from, uint8_t *bytes, size_t count, size_t *answered) {
  size_t header = format == LAN ? 2 : 5, at = 0, out = 0;
  while (count - at >= header) {
    uint8_t *packet = bytes + at;
    size_t length = u16(format == LAN ? packet : packet + 1), whole = header + length;
    if (format != LAN && packet[0] != CODE) return -1;
    if (length > 2000) return -1;
    if (count - at < whole) break;
    if (format != LAN && !decode(packet + 3, length)) return -1;
    uint8_t *payload = packet + header;
    int publish = is(payload, length, PUBLISH);
    if (!publish && !is(payload, length, ECHO)) return -1;
    payload[0]++;
    if (format != LAN) encode(packet + 3, length);
    if (publish) {
      send_to_others(from, packet, whole);
    } else {
      if (out < at) memmove(bytes + out, packet, whole);
      out += whole;
    }
    at += whole;
  }
  *answered = out;
  return at;
}

int main(int count, char **arguments) {
  int loops = count > 2 ? atoi(arguments[1]) : 0;
  const char *name = count > 2 ? arguments[2] : "";
  if (loops < 1 || loops > MAX_LOOPS ||
      (strcmp(name, "lan") && strcmp(name, "xor2") && strcmp(name, "chained"))) {
    fprintf(stderr, "usage: packets LOOPS lan|xor2|chained, with LOOPS from 1 to %d\n", MAX_LOOPS);
    return 64;
  }
  format = !strcmp(name, "lan") ? LAN : !strcmp(name, "xor2") ? XOR2 : CHAINED;
  return serve(loops);
}
