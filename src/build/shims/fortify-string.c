#define _GNU_SOURCE
#include "shim.h"
#include <string.h>

SHIM char *__strcpy_chk(char *to, const char *from, size_t room) { CHECK(strlen(from) + 1, room); return strcpy(to, from); }
SHIM char *__stpcpy_chk(char *to, const char *from, size_t room) { CHECK(strlen(from) + 1, room); return stpcpy(to, from); }
SHIM char *__strncpy_chk(char *to, const char *from, size_t n, size_t room) { CHECK(n, room); return strncpy(to, from, n); }
SHIM char *__stpncpy_chk(char *to, const char *from, size_t n, size_t room) { CHECK(n, room); return stpncpy(to, from, n); }
SHIM char *__strcat_chk(char *to, const char *from, size_t room) { CHECK(strlen(to) + strlen(from) + 1, room); return strcat(to, from); }

SHIM char *__strncat_chk(char *to, const char *from, size_t n, size_t room)
{
	CHECK(strlen(to) + strnlen(from, n) + 1, room);
	return strncat(to, from, n);
}

SHIM size_t __strlcpy_chk(char *to, const char *from, size_t n, size_t room)
{
	size_t length = strlen(from);
	CHECK(n, room);
	if (n) {
		size_t copied = length < n ? length : n - 1;
		memcpy(to, from, copied);
		to[copied] = 0;
	}
	return length;
}

SHIM size_t __strlcat_chk(char *to, const char *from, size_t n, size_t room)
{
	size_t length = strnlen(to, n);
	CHECK(n, room);
	return length == n ? n + strlen(from) : length + __strlcpy_chk(to + length, from, n - length, n - length);
}
