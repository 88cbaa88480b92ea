#include <magic.h>
#include <stdio.h>

int main(void) {
  magic_t cookie = magic_open(MAGIC_NONE);
  if (!cookie) return 1;
  printf("libmagic %d\n", magic_version());
  return 0;
}
