#include <ogg/ogg.h>
#include <stdio.h>

int main(void) {
  ogg_stream_state stream;
  ogg_page page;
  unsigned char bytes[] = "packet";
  ogg_packet packet = {bytes, sizeof bytes, 1, 1, 0, 0};
  if (ogg_stream_init(&stream, 7) != 0 || ogg_stream_packetin(&stream, &packet) != 0) return 1;
  if (ogg_stream_flush(&stream, &page) == 0 || ogg_page_serialno(&page) != 7) return 2;
  puts("ogg ok");
  return 0;
}
