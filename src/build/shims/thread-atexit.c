#include "shim.h"
#include <pthread.h>
#include <stdlib.h>

// Destructors of thread_local objects: run at the end of the thread, the last registered first.
struct entry {
	void (*destroy)(void *);
	void *object;
	struct entry *next;
};

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static __thread struct entry *entries;

static void run(void *unused)
{
	while (entries) {
		struct entry *first = entries;
		entries = first->next;
		first->destroy(first->object);
		free(first);
	}
}

static void run_at_exit(void) { run(0); }

static void start(void)
{
	pthread_key_create(&key, run);
	// The main thread ends with the program, without its keys.
	atexit(run_at_exit);
}

SHIM int __cxa_thread_atexit_impl(void (*destroy)(void *), void *object, void *owner)
{
	struct entry *fresh = malloc(sizeof *fresh);
	if (!fresh)
		return -1;
	pthread_once(&once, start);
	*fresh = (struct entry){ destroy, object, entries };
	entries = fresh;
	pthread_setspecific(key, &entries);
	return 0;
}
