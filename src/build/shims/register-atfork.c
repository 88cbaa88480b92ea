#include "shim.h"
#include <pthread.h>

// `owner` names the shared object to forget with; a static program has only itself.
SHIM int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void), void *owner)
{
	return pthread_atfork(prepare, parent, child);
}
