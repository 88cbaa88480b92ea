#include <argp.h>
#include <stdio.h>

static int count;

static error_t take(int key, char *value, struct argp_state *state) {
  (void)value, (void)state;
  if (key == 'c') count++;
  return key == 'c' ? 0 : ARGP_ERR_UNKNOWN;
}

int main(void) {
  struct argp_option options[] = {{"count", 'c', 0, 0, "counts", 0}, {0}};
  struct argp argp = {options, take, 0, "A proof.", 0, 0, 0};
  char *words[] = {"proof", "--count", "-cc", 0};
  if (argp_parse(&argp, 3, words, 0, 0, 0) != 0) return 1;
  printf("argp %d\n", count);
  return 0;
}
