/*
 * A loop of frames, as a yardstick: what the operating system makes of absolute times. Usage:
 *
 *   frames FPS MICROS FRAMES   runs so many frames, with so much CPU in each; prints for each its
 *                              number and how many ns late it was begun, then "END"
 *   frames burn                uses one processor
 *
 * A frame that is late by a period or more is left out, as the host does. Both end with the end of
 * the standard input.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FPS = 240 };
static const int64_t SECOND = 1000000000;

static int64_t nanos(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * SECOND + now.tv_nsec;
}

/* Until this thread has had as much CPU, whoever else has the processor meanwhile. */
static void work(int64_t cpu) {
  int64_t end = nanos(CLOCK_THREAD_CPUTIME_ID) + cpu;
  while (nanos(CLOCK_THREAD_CPUTIME_ID) < end) {
  }
}

static void *burn(void *nothing) {
  for (;;) work(SECOND);
  return nothing;
}

static void await_end(void) {
  while (getchar() != EOF) {
  }
}

static int64_t due(int64_t base, int fps, int64_t number) {
  return base + number / fps * SECOND + number % fps * SECOND / fps;
}

static int run(int fps, int64_t cpu, int64_t frames) {
  int64_t *numbers = malloc(frames * sizeof *numbers), *late = malloc(frames * sizeof *late);
  if (!numbers || !late) return 1;
  memset(numbers, 0, frames * sizeof *numbers); /* no page is to be got in a frame */
  memset(late, 0, frames * sizeof *late);
  int64_t period = SECOND / fps, base = nanos(CLOCK_MONOTONIC) + period, next = 0, count = 0;
  while (next < frames) {
    int64_t at = due(base, fps, next);
    struct timespec when = {at / SECOND, at % SECOND};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
    int64_t now = nanos(CLOCK_MONOTONIC), behind = (now - at) / period;
    next += behind;
    if (next >= frames) break;
    numbers[count] = next;
    late[count++] = now - due(base, fps, next);
    if (cpu) work(cpu);
    next++;
  }
  for (int64_t i = 0; i < count; i++) printf("%lld %lld\n", (long long)numbers[i], (long long)late[i]);
  puts("END");
  fflush(stdout);
  await_end();
  return 0;
}

int main(int count, char **arguments) {
  if (count == 2 && !strcmp(arguments[1], "burn")) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, burn, NULL)) return 1;
    await_end();
    return 0;
  }
  int fps = count == 4 ? atoi(arguments[1]) : 0;
  if (fps < 1 || fps > MOST_FPS) {
    fprintf(stderr, "usage: frames FPS MICROS FRAMES, with FPS from 1 to %d; frames burn\n", MOST_FPS);
    return 64;
  }
  return run(fps, atoll(arguments[2]) * 1000, atoll(arguments[3]));
}
