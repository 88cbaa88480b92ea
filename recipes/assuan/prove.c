#include <assuan.h>
#include <stdio.h>

int main(void) {
  assuan_context_t context;
  if (assuan_new(&context)) return 1;
  printf("assuan %s ok\n", assuan_check_version(NULL));
  assuan_release(context);
  return 0;
}
