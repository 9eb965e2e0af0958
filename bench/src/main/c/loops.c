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

enum { EVENTS = 256, BUFFER = 65536, MOST_WAITING = 262144 };

/*
 * A loop owns it: that loop alone reads, and ends it. All loops send to it, each in one piece under
 * its lock: what one could not send has to wait before another sends. Nobody else holds the lock as
 * a rule, so it costs two atomic operations a send.
 */
struct connection {
  int fd;
  int epoll;
  size_t place; /* in all; under all_lock */
  size_t begun; /* bytes that are not dealt with yet */
  uint8_t *held; /* those bytes */
  pthread_mutex_t lock; /* of what follows */
  size_t start, waiting, room;
  uint8_t *out; /* what the peer has not taken yet, from start on */
};

static int loops;
static int epolls[MAX_LOOPS];
static int listener;

/* Lets connections be sent to by any loop, and none end meanwhile. Taken before a connection's. */
static pthread_rwlock_t all_lock = PTHREAD_RWLOCK_INITIALIZER;
static struct connection **all;
static size_t all_count, all_room;

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void watch(struct connection *connection, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = connection};
  if (epoll_ctl(connection->epoll, operation, connection->fd, &event) < 0) die("epoll_ctl");
}

static void begin(int fd, int epoll) {
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct connection *connection = calloc(1, sizeof *connection);
  if (!connection) die("calloc");
  connection->fd = fd;
  connection->epoll = epoll;
  pthread_mutex_init(&connection->lock, NULL);
  pthread_rwlock_wrlock(&all_lock);
  if (all_count == all_room) {
    all_room = all_room ? 2 * all_room : EVENTS;
    if (!(all = realloc(all, all_room * sizeof *all))) die("realloc");
  }
  connection->place = all_count;
  all[all_count++] = connection;
  watch(connection, EPOLL_CTL_ADD, EPOLLIN);
  pthread_rwlock_unlock(&all_lock);
}

static void end(struct connection *connection) {
  pthread_rwlock_wrlock(&all_lock);
  struct connection *last = all[--all_count];
  all[connection->place] = last;
  last->place = connection->place;
  pthread_rwlock_unlock(&all_lock);
  close(connection->fd);
  pthread_mutex_destroy(&connection->lock);
  free(connection->held);
  free(connection->out);
  free(connection);
}

static void accept_all(void) {
  static int next;
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    begin(fd, epolls[next++ % loops]);
  }
}

/* Keeps what the peer has not taken, under the lock. Returns 0 if that would be too much. */
static int keep(struct connection *connection, const uint8_t *bytes, size_t count) {
  size_t all_waiting = connection->waiting + count;
  if (all_waiting > MOST_WAITING) return 0;
  if (connection->start + all_waiting > connection->room) {
    size_t room = connection->room ? connection->room : 4096;
    while (room < all_waiting) room *= 2;
    uint8_t *out = malloc(room);
    if (!out) die("malloc");
    if (connection->waiting)
      memcpy(out, connection->out + connection->start, connection->waiting);
    free(connection->out);
    connection->out = out;
    connection->room = room;
    connection->start = 0;
  }
  memcpy(connection->out + connection->start + connection->waiting, bytes, count);
  /* it is read from no more until this is taken */
  if (!connection->waiting) watch(connection, EPOLL_CTL_MOD, EPOLLOUT);
  connection->waiting = all_waiting;
  return 1;
}

/* Returns 0 if the connection is to end. */
static int send_to(struct connection *connection, const uint8_t *bytes, size_t count) {
  int good = 1;
  ssize_t sent = 0;
  pthread_mutex_lock(&connection->lock);
  if (!connection->waiting) {
    sent = send(connection->fd, bytes, count, MSG_NOSIGNAL);
    if (sent < 0) {
      good = errno == EAGAIN;
      sent = 0;
    }
  }
  if (good && (size_t)sent < count) good = keep(connection, bytes + sent, count - sent);
  pthread_mutex_unlock(&connection->lock);
  return good;
}

void send_to_others(const struct connection *one, const uint8_t *bytes, size_t count) {
  pthread_rwlock_rdlock(&all_lock);
  for (size_t i = 0; i < all_count; i++) {
    /* its own loop sees the hang-up and ends it */
    if (all[i] != one && !send_to(all[i], bytes, count)) shutdown(all[i]->fd, SHUT_RDWR);
  }
  pthread_rwlock_unlock(&all_lock);
}

/* Returns 0 when the connection has ended. */
static int serve_once(struct connection *connection, uint8_t *buffer) {
  size_t begun = connection->begun;
  if (begun) memcpy(buffer, connection->held, begun);
  ssize_t got = read(connection->fd, buffer + begun, BUFFER - begun);
  if (got < 0 && errno == EAGAIN) return 1;
  if (got <= 0) return 0;
  size_t length;
  ssize_t whole = answer(connection, buffer, begun + got, &length);
  if (whole < 0) return 0;
  connection->begun = begun + got - whole;
  if (connection->begun) {
    if (!connection->held && !(connection->held = malloc(BUFFER))) die("malloc");
    memcpy(connection->held, buffer + whole, connection->begun);
  }
  return !length || send_to(connection, buffer, length);
}

/* Returns 0 when the connection has ended. */
static int flush(struct connection *connection) {
  int good = 1;
  pthread_mutex_lock(&connection->lock);
  ssize_t sent =
      send(connection->fd, connection->out + connection->start, connection->waiting, MSG_NOSIGNAL);
  if (sent < 0) {
    good = errno == EAGAIN;
  } else {
    connection->start += sent;
    connection->waiting -= sent;
    if (!connection->waiting) {
      connection->start = 0;
      watch(connection, EPOLL_CTL_MOD, EPOLLIN);
    }
  }
  pthread_mutex_unlock(&connection->lock);
  return good;
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
      } else if (!(events[i].events & EPOLLOUT ? flush(connection)
                                               : serve_once(connection, buffer))) {
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
