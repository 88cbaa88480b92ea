#include <opusfile.h>
#include <stdio.h>

int main(void) {
  int error = 0;
  const unsigned char nothing[] = "this is no file of Opus";
  if (op_open_memory(nothing, sizeof nothing, &error) != NULL) return 1;
  puts(error == OP_ENOTFORMAT ? "opusfile ok" : "another error");
  return 0;
}
