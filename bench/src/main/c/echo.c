/*
 * An echo server on epoll, as a yardstick: what the operating system's part of an echo costs.
 * Usage: echo LOOPS. Listens on a free port of 127.0.0.1, prints "PORT n", and ends with its
 * standard input. The first loop accepts, and gives the connections to the loops in turn.
 */
#define _GNU_SOURCE
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

enum { MAX_LOOPS = 64, EVENTS = 256, BUFFER = 65536 };

struct connection {
  int fd;
  size_t pending; /* bytes that the peer has not taken yet */
  size_t start;
  char *held;
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
static int echo(struct connection *connection, int epoll, char *buffer) {
  ssize_t got = read(connection->fd, buffer, BUFFER);
  if (got < 0 && errno == EAGAIN) return 1;
  if (got <= 0) return 0;
  ssize_t sent = write(connection->fd, buffer, got);
  if (sent < 0 && errno != EAGAIN) return 0;
  if (sent < 0) sent = 0;
  if (sent < got) { /* reads nothing more until this is taken */
    if (!connection->held && !(connection->held = malloc(BUFFER))) die("malloc");
    connection->start = 0;
    connection->pending = got - sent;
    memcpy(connection->held, buffer + sent, connection->pending);
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
  if (!connection->pending) watch(connection, epoll, EPOLL_CTL_MOD, EPOLLIN);
  return 1;
}

static void *loop(void *number) {
  int epoll = epolls[(long)number];
  char *buffer = malloc(BUFFER);
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

int main(int count, char **arguments) {
  loops = count > 1 ? atoi(arguments[1]) : 1;
  if (loops < 1 || loops > MAX_LOOPS) {
    fprintf(stderr, "echo: LOOPS is %s, allowed is 1 to %d\n", arguments[1], MAX_LOOPS);
    return 64;
  }
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
