/* An echo server, as a yardstick. Usage: echo LOOPS. What it prints and when it ends: loops.h. */
#include "loops.h"

#include <stdio.h>
#include <stdlib.h>

ssize_t answer(struct connection *from, uint8_t *bytes, size_t count, size_t *length) {
  (void)from;
  (void)bytes;
  *length = count;
  return count;
}

int main(int count, char **arguments) {
  int loops = count > 1 ? atoi(arguments[1]) : 1;
  if (loops < 1 || loops > MAX_LOOPS) {
    fprintf(stderr, "echo: LOOPS is %s, allowed is 1 to %d\n", arguments[1], MAX_LOOPS);
    return 64;
  }
  return serve(loops);
}
