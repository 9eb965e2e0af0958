#define _GNU_SOURCE
#include "loops.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256, BUFFER = 65536 };

struct connection {
  int fd;
  size_t begun; /* bytes that are not answered yet */
  size_t pending; /* bytes that the peer has not taken yet */
  size_t start;
  uint8_t *held; /* what is pending from start on, and then what has begun */
};

static int loops;
static int epolls[MAX_LOOPS];
static int listener;

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

/* Returns 0 when the connection has ended. */
static int echo(struct connection *connection, int epoll, uint8_t *buffer) {
  size_t begun = connection->begun;
  if (begun) memcpy(buffer, connection->held, begun);
  ssize_t got = read(connection->fd, buffer + begun, BUFFER - begun);
  if (got < 0 && errno == EAGAIN) return 1;
  if (got <= 0) return 0;
  ssize_t whole = answer(buffer, begun + got);
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
                                       : echo(connection, epoll, buffer))) {
        end(connection);
      }
    }
  }
  return NULL;
}

int serve(int count) {
  loops = count;
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
