#include "shim.h"
#include <stdlib.h>

// musl runs its handlers of quick_exit without an argument, glibc hands them NULL. Up to 32 are kept, as musl does.
static void (*handlers[32])(void *);
static int count;

static void run(void) { handlers[--count](NULL); }

SHIM int __cxa_at_quick_exit(void (*handler)(void *), void *owner)
{
	if (count == 32 || at_quick_exit(run))
		return -1;
	handlers[count++] = handler;
	return 0;
}
