#include <http_parser.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  const char *answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  http_parser parser;
  http_parser_settings settings;
  http_parser_settings_init(&settings);
  http_parser_init(&parser, HTTP_RESPONSE);
  if (http_parser_execute(&parser, &settings, answer, strlen(answer)) != strlen(answer)) return 1;
  unsigned long version = http_parser_version();
  printf("http-parser %lu.%lu.%lu %d\n", version >> 16 & 255, version >> 8 & 255, version & 255, parser.status_code);
  return 0;
}
