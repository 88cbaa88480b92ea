#include <stdio.h>
#include <string.h>
#include <zstd.h>

int main(void) {
  const char text[] = "the linker is the judge, the linker is the judge, the linker is the judge";
  char packed[256], again[256];
  size_t length = ZSTD_compress(packed, sizeof packed, text, sizeof text, 3);
  if (ZSTD_isError(length) || length >= sizeof text) return 1;
  if (ZSTD_decompress(again, sizeof again, packed, length) != sizeof text || strcmp(again, text) != 0) return 2;
  printf("zstd %s ok\n", ZSTD_versionString());
  return 0;
}
