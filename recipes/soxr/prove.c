/* Makes twice as many samples of a hundred. */
#include <soxr.h>
#include <stdio.h>

int main(void) {
  float in[100] = {0}, out[200];
  size_t used = 0, made = 0;
  soxr_error_t error = soxr_oneshot(1, 2, 1, in, 100, &used, out, 200, &made, NULL, NULL, NULL);
  if (error) return 1;
  printf("soxr %s %zu\n", soxr_version(), made);
  return 0;
}
