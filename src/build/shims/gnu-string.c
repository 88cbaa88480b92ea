#define _GNU_SOURCE
#include "shim.h"
#include <locale.h>
#include <stdlib.h>
#include <string.h>

// The caller knows that the byte is there.
SHIM void *rawmemchr(const void *s, int c)
{
	const unsigned char *at = s;
	while (*at != (unsigned char)c)
		at++;
	return (void *)at;
}
SHIM void *__rawmemchr(const void *s, int c) { return rawmemchr(s, c); }

// glibc's strerror_r gives the text, which need not stand in the buffer.
SHIM char *__strerror_r(int number, char *to, size_t n) { return strerror(number); }

SHIM long long strtoq(const char *text, char **end, int base) { return strtoll(text, end, base); }
SHIM unsigned long long strtouq(const char *text, char **end, int base) { return strtoull(text, end, base); }

#define LOCALE(type, plain)                                                                                          \
	SHIM type plain##_l(const char *text, char **end, int base, locale_t l) { return plain(text, end, base); }   \
	SHIM type __##plain##_l(const char *text, char **end, int base, locale_t l) { return plain(text, end, base); }
LOCALE(long, strtol)
LOCALE(unsigned long, strtoul)
LOCALE(long long, strtoll)
LOCALE(unsigned long long, strtoull)

SHIM double __strtod_internal(const char *text, char **end, int group) { return strtod(text, end); }
SHIM float __strtof_internal(const char *text, char **end, int group) { return strtof(text, end); }
SHIM long double __strtold_internal(const char *text, char **end, int group) { return strtold(text, end); }
