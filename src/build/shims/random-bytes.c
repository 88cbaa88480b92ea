#define _GNU_SOURCE
#include "shim.h"
#include <errno.h>
#include <stdint.h>
#include <sys/random.h>

SHIM void arc4random_buf(void *to, size_t n)
{
	unsigned char *at = to;
	while (n) {
		ssize_t got = getrandom(at, n, 0);
		if (got < 0) {
			if (errno == EINTR)
				continue;
			__builtin_trap(); // a kernel without getrandom: no bytes are better than bytes that are not random
		}
		at += got;
		n -= (size_t)got;
	}
}

SHIM uint32_t arc4random(void)
{
	uint32_t value;
	arc4random_buf(&value, sizeof value);
	return value;
}

SHIM uint32_t arc4random_uniform(uint32_t bound)
{
	if (bound < 2)
		return 0;
	uint32_t unfair = -bound % bound, value;
	do
		value = arc4random();
	while (value < unfair);
	return value % bound;
}
