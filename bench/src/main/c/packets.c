/*
 * An echo server of packets on epoll, as a yardstick: what the operating system's part of a packet
 * costs, and its framing. Usage: packets LOOPS lan|xor2|chained. Answers a packet of type 5000
 * with the same fields and type 5001. Listens on a free port of 127.0.0.1, prints "PORT n", and
 * ends with its standard input. The first loop accepts, and gives the connections to the loops in
 * turn.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_LOOPS = 64, EVENTS = 256, BUFFER = 65536, CODE = 0x77, KEY = 0x32, KEY2 = 0x84 };
enum format { LAN, XOR2, CHAINED };

struct connection {
  int fd;
  size_t begun; /* bytes of a packet whose end has not come */
  size_t pending; /* bytes that the peer has not taken yet */
  size_t start;
  uint8_t *held; /* the beginning of a packet, or what is pending; never both, as nothing is read then */
};

static int loops;
static int epolls[MAX_LOOPS];
static int listener;
static enum format format;

static void end(struct connection *connection) {
  close(connection->fd);
  free(connection->held);
  free(connection);
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void watch(struct connection *connection, int epoll, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = connection};
  if (epoll_ctl(epoll, operation, connection->fd, &event) < 0) die("epoll_ctl");
}

static void accept_all(void) {
  static int next;
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection) die("calloc");
    connection->fd = fd;
    watch(connection, epolls[next++ % loops], EPOLL_CTL_ADD, EPOLLIN);
  }
}

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

static void encode(uint8_t *at, size_t length, uint32_t *random) {
  *random = *random * 1664525 + 1013904223;
  at[0] = *random >> 24;
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

/* Answers the packets that are whole, in place. Returns their bytes, or -1 if one is wrong. */
static ssize_t answer(uint8_t *bytes, size_t count, uint32_t *random) {
  size_t header = format == LAN ? 2 : 5, at = 0;
  while (count - at >= header) {
    uint8_t *packet = bytes + at;
    size_t length = format == LAN ? packet[0] | packet[1] << 8 : packet[1] | packet[2] << 8;
    if (format != LAN && packet[0] != CODE) return -1;
    if (length > 2000) return -1;
    if (count - at < header + length) break;
    if (format != LAN && !decode(packet + 3, length)) return -1;
    uint8_t *payload = packet + header;
    if (length < 18 || (payload[0] | payload[1] << 8) != 5000) return -1;
    payload[0]++;
    if (format != LAN) encode(packet + 3, length, random);
    at += header + length;
  }
  return at;
}

/* Returns 0 when the connection has ended. */
static int echo(struct connection *connection, int epoll, uint8_t *buffer, uint32_t *random) {
  size_t begun = connection->begun;
  if (begun) memcpy(buffer, connection->held, begun);
  ssize_t got = read(connection->fd, buffer + begun, BUFFER - begun);
  if (got < 0 && errno == EAGAIN) return 1;
  if (got <= 0) return 0;
  ssize_t whole = answer(buffer, begun + got, random);
  if (whole < 0) return 0;
  connection->begun = begun + got - whole;
  ssize_t sent = whole ? write(connection->fd, buffer, whole) : 0;
  if (sent < 0 && errno != EAGAIN) return 0;
  if (sent < 0) sent = 0;
  size_t kept = begun + got - sent;
  if (kept) {
    if (!connection->held && !(connection->held = malloc(BUFFER))) die("malloc");
    memcpy(connection->held, buffer + sent, kept);
  }
  if (sent < whole) { /* reads nothing more until this is taken */
    connection->start = 0;
    connection->pending = whole - sent;
    watch(connection, epoll, EPOLL_CTL_MOD, EPOLLOUT);
  }
  return 1;
}

static int flush(struct connection *connection, int epoll) {
  ssize_t sent =
      write(connection->fd, connection->held + connection->start, connection->pending);
  if (sent < 0) return errno == EAGAIN;
  connection->start += sent;
  connection->pending -= sent;
  if (!connection->pending) {
    memmove(connection->held, connection->held + connection->start, connection->begun);
    watch(connection, epoll, EPOLL_CTL_MOD, EPOLLIN);
  }
  return 1;
}

static void *loop(void *number) {
  int epoll = epolls[(long)number];
  uint8_t *buffer = malloc(BUFFER);
  struct epoll_event events[EVENTS];
  uint32_t random = (long)number;
  if (!buffer) die("malloc");
  for (;;) {
    int count = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      struct connection *connection = events[i].data.ptr;
      if (!connection) {
        accept_all();
      } else if (events[i].events & (EPOLLERR | EPOLLHUP)) {
        end(connection);
      } else if (!(connection->pending ? flush(connection, epoll)
                                       : echo(connection, epoll, buffer, &random))) {
        end(connection);
      }
    }
  }
  return NULL;
}

int main(int count, char **arguments) {
  loops = count > 2 ? atoi(arguments[1]) : 0;
  const char *name = count > 2 ? arguments[2] : "";
  if (loops < 1 || loops > MAX_LOOPS ||
      (strcmp(name, "lan") && strcmp(name, "xor2") && strcmp(name, "chained"))) {
    fprintf(stderr, "usage: packets LOOPS lan|xor2|chained, with LOOPS from 1 to %d\n", MAX_LOOPS);
    return 64;
  }
  format = !strcmp(name, "lan") ? LAN : !strcmp(name, "xor2") ? XOR2 : CHAINED;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 ||
      listen(listener, 1024) < 0 ||
      getsockname(listener, (struct sockaddr *)&address, &length) < 0)
    die("listen");
  for (int i = 0; i < loops; i++) {
    if ((epolls[i] = epoll_create1(EPOLL_CLOEXEC)) < 0) die("epoll_create1");
  }
  struct epoll_event accepting = {.events = EPOLLIN};
  if (epoll_ctl(epolls[0], EPOLL_CTL_ADD, listener, &accepting) < 0) die("epoll_ctl");
  for (long i = 0; i < loops; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, loop, (void *)i)) die("pthread_create");
  }
  printf("PORT %d\n", ntohs(address.sin_port));
  fflush(stdout);
  while (getchar() != EOF) {
  }
  return 0;
}
