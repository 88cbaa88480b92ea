#define _GNU_SOURCE
#include "shim.h"
#include <string.h>

SHIM void *__memcpy_chk(void *to, const void *from, size_t n, size_t room) { CHECK(n, room); return memcpy(to, from, n); }
SHIM void *__memmove_chk(void *to, const void *from, size_t n, size_t room) { CHECK(n, room); return memmove(to, from, n); }
SHIM void *__mempcpy_chk(void *to, const void *from, size_t n, size_t room) { CHECK(n, room); return (char *)memcpy(to, from, n) + n; }
SHIM void *__memset_chk(void *to, int c, size_t n, size_t room) { CHECK(n, room); return memset(to, c, n); }

SHIM void __explicit_bzero_chk(void *to, size_t n, size_t room)
{
	CHECK(n, room);
	memset(to, 0, n);
	__asm__ __volatile__("" : : "r"(to) : "memory");
}
