// Uses every header of ours as code written for glibc does; what a macro leaves behind is compared.
#include <error.h>
#include <execinfo.h>
#include <gnu/libc-version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/cdefs.h>
#include <sys/queue.h>
#include <sys/single_threaded.h>

__BEGIN_DECLS
int declared __P((int));
__END_DECLS

int declared(int x)
{
	return x;
}

struct one {
	int number;
	SLIST_ENTRY(one) single;
	STAILQ_ENTRY(one) queue;
	SIMPLEQ_ENTRY(one) simple;
	LIST_ENTRY(one) list;
	TAILQ_ENTRY(one) tail;
};

SLIST_HEAD(singles, one) singles = SLIST_HEAD_INITIALIZER(singles);
STAILQ_HEAD(queues, one) queues = STAILQ_HEAD_INITIALIZER(queues), more = STAILQ_HEAD_INITIALIZER(more);
SIMPLEQ_HEAD(simples, one) simples = SIMPLEQ_HEAD_INITIALIZER(simples);
LIST_HEAD(lists, one) lists = LIST_HEAD_INITIALIZER(lists);
TAILQ_HEAD(tails, one) tails = TAILQ_HEAD_INITIALIZER(tails), others = TAILQ_HEAD_INITIALIZER(others);

static char seen[32];

static void add(const struct one *at)
{
	char digit[2] = { '0' + at->number, 0 };
	strcat(seen, digit);
}

static void expect(const char *what, const char *order)
{
	if (strcmp(seen, order)) {
		printf("%s is %s, not %s\n", what, seen, order);
		exit(1);
	}
	seen[0] = 0;
}

#define SHOW(loop, order)        \
	do {                     \
		loop add(at);    \
		expect(#loop, order); \
	} while (0)

int main(void)
{
	struct one n[8], *at, *then;
	for (int i = 0; i < 8; i++)
		n[i].number = i;

	SLIST_INSERT_HEAD(&singles, &n[1], single);
	SLIST_INSERT_HEAD(&singles, &n[0], single);
	SLIST_INSERT_AFTER(&n[1], &n[2], single);
	SLIST_INSERT_AFTER(&n[2], &n[3], single);
	SHOW(SLIST_FOREACH(at, &singles, single), "0123");
	SLIST_REMOVE(&singles, &n[2], one, single);
	SLIST_REMOVE_AFTER(&n[0], single);
	SHOW(SLIST_FOREACH_SAFE(at, &singles, single, then), "03");
	SLIST_REMOVE_HEAD(&singles, single);
	SLIST_REMOVE(&singles, &n[3], one, single);
	if (!SLIST_EMPTY(&singles))
		return 1;
	SLIST_INIT(&singles);

	STAILQ_INIT(&queues);
	STAILQ_INSERT_TAIL(&queues, &n[1], queue);
	STAILQ_INSERT_HEAD(&queues, &n[0], queue);
	STAILQ_INSERT_AFTER(&queues, &n[1], &n[2], queue);
	STAILQ_INSERT_TAIL(&queues, &n[3], queue);
	SHOW(STAILQ_FOREACH(at, &queues, queue), "0123");
	STAILQ_REMOVE(&queues, &n[3], one, queue);
	STAILQ_REMOVE_HEAD(&queues, queue);
	STAILQ_INSERT_HEAD(&more, &n[4], queue);
	STAILQ_CONCAT(&queues, &more);
	STAILQ_INSERT_TAIL(&queues, &n[5], queue);
	SHOW(STAILQ_FOREACH_SAFE(at, &queues, queue, then), "1245");
	if (!STAILQ_EMPTY(&more))
		return 1;

	SIMPLEQ_INIT(&simples);
	SIMPLEQ_INSERT_HEAD(&simples, &n[1], simple);
	SIMPLEQ_INSERT_AFTER(&simples, &n[1], &n[2], simple);
	SIMPLEQ_INSERT_TAIL(&simples, &n[3], simple);
	SIMPLEQ_REMOVE_HEAD(&simples, simple);
	SHOW(SIMPLEQ_FOREACH(at, &simples, simple), "23");
	if (SIMPLEQ_EMPTY(&simples))
		return 1;

	LIST_INIT(&lists);
	LIST_INSERT_HEAD(&lists, &n[1], list);
	LIST_INSERT_BEFORE(&n[1], &n[0], list);
	LIST_INSERT_AFTER(&n[1], &n[3], list);
	LIST_INSERT_BEFORE(&n[3], &n[2], list);
	SHOW(LIST_FOREACH(at, &lists, list), "0123");
	LIST_REMOVE(&n[0], list);
	LIST_REMOVE(&n[2], list);
	SHOW(LIST_FOREACH_SAFE(at, &lists, list, then), "13");
	if (LIST_EMPTY(&lists))
		return 1;

	TAILQ_INIT(&tails);
	TAILQ_INSERT_TAIL(&tails, &n[2], tail);
	TAILQ_INSERT_HEAD(&tails, &n[0], tail);
	TAILQ_INSERT_AFTER(&tails, &n[0], &n[1], tail);
	TAILQ_INSERT_AFTER(&tails, &n[2], &n[4], tail);
	TAILQ_INSERT_BEFORE(&n[4], &n[3], tail);
	SHOW(TAILQ_FOREACH(at, &tails, tail), "01234");
	TAILQ_REMOVE(&tails, &n[4], tail);
	TAILQ_REMOVE(&tails, &n[1], tail);
	SHOW(TAILQ_FOREACH_REVERSE(at, &tails, tails, tail), "320");
	TAILQ_INSERT_TAIL(&others, &n[5], tail);
	TAILQ_CONCAT(&tails, &others, tail);
	SHOW(TAILQ_FOREACH_REVERSE_SAFE(at, &tails, tails, tail, then), "5320");
	SHOW(TAILQ_FOREACH_SAFE(at, &tails, tail, then), "0235");
	if (!TAILQ_EMPTY(&others) || TAILQ_LAST(&tails, tails) != &n[5] || TAILQ_PREV(&n[0], tails, tail))
		return 1;

	void *addresses[4];
	char **names = backtrace_symbols(addresses, backtrace(addresses, 4));
	free(names);
	error(0, 0, "said %d", error_one_per_line);
	if (error_message_count != 1 || strncmp(gnu_get_libc_version(), "2.", 2) || __libc_single_threaded > 1)
		return 1;
	puts(__STRING(all is) " " "well");
	return declared(0);
}
