/* Compresses and takes apart again. */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

int main(void) {
  const char text[] = "the linker is the judge, the linker is the judge, the linker is the judge";
  unsigned char packed[256];
  char again[256];
  uLongf length = sizeof packed, back = sizeof again;
  if (compress(packed, &length, (const Bytef *)text, sizeof text) != Z_OK) return 1;
  if (length >= sizeof text || uncompress((Bytef *)again, &back, packed, length) != Z_OK) return 2;
  if (back != sizeof text || strcmp(again, text) != 0) return 3;
  printf("zlib %s ok\n", zlibVersion());
  return 0;
}
