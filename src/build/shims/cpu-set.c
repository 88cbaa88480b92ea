#include "shim.h"
#include <stdlib.h>

SHIM void *__sched_cpualloc(size_t count)
{
	const size_t bits = 8 * sizeof(long);
	return malloc((count + bits - 1) / bits * sizeof(long));
}
SHIM void __sched_cpufree(void *set) { free(set); }
