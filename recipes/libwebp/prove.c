#include <stdio.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/encode.h>

int main(void) {
  unsigned char picture[16 * 16 * 3], *packed = 0;
  int width, height;
  for (unsigned at = 0; at < sizeof picture; at++) picture[at] = (unsigned char)(at * 7);
  size_t length = WebPEncodeLosslessRGB(picture, 16, 16, 48, &packed);
  unsigned char *again = WebPDecodeRGB(packed, length, &width, &height);
  if (!again || width != 16 || height != 16 || memcmp(again, picture, sizeof picture) != 0) return 1;
  puts("libwebp ok");
  return 0;
}
