#include <libxml/parser.h>
#include <stdio.h>

int main(void) {
  xmlDocPtr document = xmlReadMemory("<a><b/></a>", 11, "proof.xml", 0, 0);
  if (!document) return 1;
  printf("libxml2 %s %s\n", LIBXML_DOTTED_VERSION, (const char *)xmlDocGetRootElement(document)->name);
  return 0;
}
