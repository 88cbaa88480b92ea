#include <lz4.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  const char text[] = "the linker is the judge, the linker is the judge, the linker is the judge";
  char packed[256], again[256];
  int length = LZ4_compress_default(text, packed, sizeof text, sizeof packed);
  if (length <= 0 || length >= (int)sizeof text) return 1;
  if (LZ4_decompress_safe(packed, again, length, sizeof again) != (int)sizeof text || strcmp(again, text)) return 2;
  printf("lz4 %s ok\n", LZ4_versionString());
  return 0;
}
