/* Finds what stands behind a name, as only Ruby's syntax can say it. */
#include <oniguruma.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  const UChar *pattern = (const UChar *)"(?<=a)\\p{Alpha}+", *text = (const UChar *)"1abc";
  regex_t *compiled;
  OnigErrorInfo error;
  OnigEncoding all[] = {ONIG_ENCODING_UTF8};
  onig_initialize(all, 1);
  if (onig_new(&compiled, pattern, pattern + strlen((char *)pattern), ONIG_OPTION_NONE, ONIG_ENCODING_UTF8,
               ONIG_SYNTAX_RUBY, &error) != ONIG_NORMAL)
    return 1;
  const UChar *end = text + strlen((char *)text);
  OnigRegion *region = onig_region_new();
  int at = onig_search(compiled, text, end, text, end, region, ONIG_OPTION_NONE);
  printf("oniguruma %s %d\n", onig_version(), at);
  onig_region_free(region, 1);
  onig_free(compiled);
  onig_end();
  return 0;
}
