#include <obstack.h>
#include <stdio.h>
#include <stdlib.h>
#define obstack_chunk_alloc malloc
#define obstack_chunk_free free

int main(void) {
  struct obstack stack;
  obstack_init(&stack);
  obstack_grow(&stack, "gro", 3);
  for (int at = 0; at < 10000; at++) obstack_1grow(&stack, 'w');
  obstack_1grow(&stack, 0);
  char *text = obstack_finish(&stack);
  printf("obstack %c%c\n", text[0], text[10002]);
  obstack_free(&stack, 0);
  return 0;
}
