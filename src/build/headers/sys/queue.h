// Linked lists and queues as macros, see queue(7): LIST and TAILQ take any element out at once, SLIST, STAILQ and
// SIMPLEQ have to look for its forerunner.
#ifndef GOMUSL_SYS_QUEUE_H
#define GOMUSL_SYS_QUEUE_H

// A singly linked list.
#define SLIST_HEAD(name, type)         \
	struct name {                  \
		struct type *slh_first; \
	}
#define SLIST_HEAD_INITIALIZER(head) { 0 }
#define SLIST_ENTRY(type)             \
	struct {                      \
		struct type *sle_next; \
	}
#define SLIST_FIRST(head) ((head)->slh_first)
#define SLIST_NEXT(at, field) ((at)->field.sle_next)
#define SLIST_EMPTY(head) (SLIST_FIRST(head) == 0)
#define SLIST_INIT(head) ((void)(SLIST_FIRST(head) = 0))
#define SLIST_FOREACH(at, head, field) for ((at) = SLIST_FIRST(head); (at); (at) = SLIST_NEXT(at, field))
#define SLIST_FOREACH_SAFE(at, head, field, then) \
	for ((at) = SLIST_FIRST(head); (at) && ((then) = SLIST_NEXT(at, field), 1); (at) = (then))
#define SLIST_INSERT_HEAD(head, one, field)                 \
	do {                                                \
		SLIST_NEXT(one, field) = SLIST_FIRST(head); \
		SLIST_FIRST(head) = (one);                  \
	} while (0)
#define SLIST_INSERT_AFTER(at, one, field)                     \
	do {                                                   \
		SLIST_NEXT(one, field) = SLIST_NEXT(at, field); \
		SLIST_NEXT(at, field) = (one);                 \
	} while (0)
#define SLIST_REMOVE_HEAD(head, field) ((void)(SLIST_FIRST(head) = SLIST_NEXT(SLIST_FIRST(head), field)))
#define SLIST_REMOVE_AFTER(at, field) ((void)(SLIST_NEXT(at, field) = SLIST_NEXT(SLIST_NEXT(at, field), field)))
#define SLIST_REMOVE(head, one, type, field)                          \
	do {                                                          \
		struct type **link_ = &SLIST_FIRST(head);             \
		while (*link_ != (one))                               \
			link_ = &SLIST_NEXT(*link_, field);           \
		*link_ = SLIST_NEXT(*link_, field);                   \
	} while (0)

// A singly linked queue.
#define STAILQ_HEAD(name, type)          \
	struct name {                    \
		struct type *stqh_first; \
		struct type **stqh_last; \
	}
#define STAILQ_HEAD_INITIALIZER(head) { 0, &(head).stqh_first }
#define STAILQ_ENTRY(type)              \
	struct {                        \
		struct type *stqe_next; \
	}
#define STAILQ_FIRST(head) ((head)->stqh_first)
#define STAILQ_NEXT(at, field) ((at)->field.stqe_next)
#define STAILQ_EMPTY(head) (STAILQ_FIRST(head) == 0)
#define STAILQ_INIT(head)                                \
	do {                                             \
		STAILQ_FIRST(head) = 0;                  \
		(head)->stqh_last = &STAILQ_FIRST(head); \
	} while (0)
#define STAILQ_FOREACH(at, head, field) for ((at) = STAILQ_FIRST(head); (at); (at) = STAILQ_NEXT(at, field))
#define STAILQ_FOREACH_SAFE(at, head, field, then) \
	for ((at) = STAILQ_FIRST(head); (at) && ((then) = STAILQ_NEXT(at, field), 1); (at) = (then))
#define STAILQ_INSERT_HEAD(head, one, field)                           \
	do {                                                           \
		if ((STAILQ_NEXT(one, field) = STAILQ_FIRST(head)) == 0) \
			(head)->stqh_last = &STAILQ_NEXT(one, field);  \
		STAILQ_FIRST(head) = (one);                            \
	} while (0)
#define STAILQ_INSERT_TAIL(head, one, field)                  \
	do {                                                  \
		STAILQ_NEXT(one, field) = 0;                  \
		*(head)->stqh_last = (one);                   \
		(head)->stqh_last = &STAILQ_NEXT(one, field); \
	} while (0)
#define STAILQ_INSERT_AFTER(head, at, one, field)                              \
	do {                                                                   \
		if ((STAILQ_NEXT(one, field) = STAILQ_NEXT(at, field)) == 0)   \
			(head)->stqh_last = &STAILQ_NEXT(one, field);          \
		STAILQ_NEXT(at, field) = (one);                                \
	} while (0)
#define STAILQ_REMOVE_HEAD(head, field)                                                          \
	do {                                                                                     \
		if ((STAILQ_FIRST(head) = STAILQ_NEXT(STAILQ_FIRST(head), field)) == 0)          \
			(head)->stqh_last = &STAILQ_FIRST(head);                                 \
	} while (0)
#define STAILQ_REMOVE(head, one, type, field)                              \
	do {                                                               \
		struct type **link_ = &STAILQ_FIRST(head);                 \
		while (*link_ != (one))                                    \
			link_ = &STAILQ_NEXT(*link_, field);               \
		if ((*link_ = STAILQ_NEXT(*link_, field)) == 0)            \
			(head)->stqh_last = link_;                         \
	} while (0)
#define STAILQ_CONCAT(to, from)                               \
	do {                                                  \
		if (!STAILQ_EMPTY(from)) {                    \
			*(to)->stqh_last = STAILQ_FIRST(from); \
			(to)->stqh_last = (from)->stqh_last;  \
			STAILQ_INIT(from);                    \
		}                                             \
	} while (0)

// The same queue under its other name.
#define SIMPLEQ_HEAD(name, type)         \
	struct name {                    \
		struct type *sqh_first;  \
		struct type **sqh_last;  \
	}
#define SIMPLEQ_HEAD_INITIALIZER(head) { 0, &(head).sqh_first }
#define SIMPLEQ_ENTRY(type)            \
	struct {                       \
		struct type *sqe_next; \
	}
#define SIMPLEQ_FIRST(head) ((head)->sqh_first)
#define SIMPLEQ_NEXT(at, field) ((at)->field.sqe_next)
#define SIMPLEQ_EMPTY(head) (SIMPLEQ_FIRST(head) == 0)
#define SIMPLEQ_INIT(head)                               \
	do {                                             \
		SIMPLEQ_FIRST(head) = 0;                 \
		(head)->sqh_last = &SIMPLEQ_FIRST(head); \
	} while (0)
#define SIMPLEQ_FOREACH(at, head, field) for ((at) = SIMPLEQ_FIRST(head); (at); (at) = SIMPLEQ_NEXT(at, field))
#define SIMPLEQ_INSERT_HEAD(head, one, field)                              \
	do {                                                               \
		if ((SIMPLEQ_NEXT(one, field) = SIMPLEQ_FIRST(head)) == 0) \
			(head)->sqh_last = &SIMPLEQ_NEXT(one, field);      \
		SIMPLEQ_FIRST(head) = (one);                               \
	} while (0)
#define SIMPLEQ_INSERT_TAIL(head, one, field)                 \
	do {                                                  \
		SIMPLEQ_NEXT(one, field) = 0;                 \
		*(head)->sqh_last = (one);                    \
		(head)->sqh_last = &SIMPLEQ_NEXT(one, field); \
	} while (0)
#define SIMPLEQ_INSERT_AFTER(head, at, one, field)                             \
	do {                                                                   \
		if ((SIMPLEQ_NEXT(one, field) = SIMPLEQ_NEXT(at, field)) == 0) \
			(head)->sqh_last = &SIMPLEQ_NEXT(one, field);          \
		SIMPLEQ_NEXT(at, field) = (one);                               \
	} while (0)
#define SIMPLEQ_REMOVE_HEAD(head, field)                                                  \
	do {                                                                              \
		if ((SIMPLEQ_FIRST(head) = SIMPLEQ_NEXT(SIMPLEQ_FIRST(head), field)) == 0) \
			(head)->sqh_last = &SIMPLEQ_FIRST(head);                          \
	} while (0)

// A doubly linked list.
#define LIST_HEAD(name, type)          \
	struct name {                  \
		struct type *lh_first; \
	}
#define LIST_HEAD_INITIALIZER(head) { 0 }
#define LIST_ENTRY(type)                \
	struct {                        \
		struct type *le_next;   \
		struct type **le_prev;  \
	}
#define LIST_FIRST(head) ((head)->lh_first)
#define LIST_NEXT(at, field) ((at)->field.le_next)
#define LIST_EMPTY(head) (LIST_FIRST(head) == 0)
#define LIST_INIT(head) ((void)(LIST_FIRST(head) = 0))
#define LIST_FOREACH(at, head, field) for ((at) = LIST_FIRST(head); (at); (at) = LIST_NEXT(at, field))
#define LIST_FOREACH_SAFE(at, head, field, then) \
	for ((at) = LIST_FIRST(head); (at) && ((then) = LIST_NEXT(at, field), 1); (at) = (then))
#define LIST_LINK_(link, one, field)                                                \
	do {                                                                        \
		if ((LIST_NEXT(one, field) = *(link)) != 0)                         \
			LIST_NEXT(one, field)->field.le_prev = &LIST_NEXT(one, field); \
		*(link) = (one);                                                    \
		(one)->field.le_prev = (link);                                      \
	} while (0)
#define LIST_INSERT_HEAD(head, one, field) LIST_LINK_(&LIST_FIRST(head), one, field)
#define LIST_INSERT_AFTER(at, one, field) LIST_LINK_(&LIST_NEXT(at, field), one, field)
#define LIST_INSERT_BEFORE(at, one, field)                       \
	do {                                                     \
		(one)->field.le_prev = (at)->field.le_prev;      \
		LIST_NEXT(one, field) = (at);                    \
		*(at)->field.le_prev = (one);                    \
		(at)->field.le_prev = &LIST_NEXT(one, field);    \
	} while (0)
#define LIST_REMOVE(one, field)                                                     \
	do {                                                                        \
		if (LIST_NEXT(one, field))                                          \
			LIST_NEXT(one, field)->field.le_prev = (one)->field.le_prev; \
		*(one)->field.le_prev = LIST_NEXT(one, field);                      \
	} while (0)

// A doubly linked queue.
#define TAILQ_HEAD(name, type)          \
	struct name {                   \
		struct type *tqh_first; \
		struct type **tqh_last; \
	}
#define TAILQ_HEAD_INITIALIZER(head) { 0, &(head).tqh_first }
#define TAILQ_ENTRY(type)                \
	struct {                         \
		struct type *tqe_next;   \
		struct type **tqe_prev;  \
	}
#define TAILQ_FIRST(head) ((head)->tqh_first)
#define TAILQ_NEXT(at, field) ((at)->field.tqe_next)
#define TAILQ_EMPTY(head) (TAILQ_FIRST(head) == 0)
// The head and every entry begin alike: the link before the last one belongs to the element before.
#define TAILQ_LAST(head, name) (*((struct name *)((head)->tqh_last))->tqh_last)
#define TAILQ_PREV(at, name, field) (*((struct name *)((at)->field.tqe_prev))->tqh_last)
#define TAILQ_INIT(head)                                \
	do {                                            \
		TAILQ_FIRST(head) = 0;                  \
		(head)->tqh_last = &TAILQ_FIRST(head);  \
	} while (0)
#define TAILQ_FOREACH(at, head, field) for ((at) = TAILQ_FIRST(head); (at); (at) = TAILQ_NEXT(at, field))
#define TAILQ_FOREACH_SAFE(at, head, field, then) \
	for ((at) = TAILQ_FIRST(head); (at) && ((then) = TAILQ_NEXT(at, field), 1); (at) = (then))
#define TAILQ_FOREACH_REVERSE(at, head, name, field) \
	for ((at) = TAILQ_LAST(head, name); (at); (at) = TAILQ_PREV(at, name, field))
#define TAILQ_FOREACH_REVERSE_SAFE(at, head, name, field, then) \
	for ((at) = TAILQ_LAST(head, name); (at) && ((then) = TAILQ_PREV(at, name, field), 1); (at) = (then))
#define TAILQ_LINK_(head, link, one, field)                                              \
	do {                                                                             \
		if ((TAILQ_NEXT(one, field) = *(link)) != 0)                             \
			TAILQ_NEXT(one, field)->field.tqe_prev = &TAILQ_NEXT(one, field); \
		else                                                                     \
			(head)->tqh_last = &TAILQ_NEXT(one, field);                      \
		*(link) = (one);                                                         \
		(one)->field.tqe_prev = (link);                                          \
	} while (0)
#define TAILQ_INSERT_HEAD(head, one, field) TAILQ_LINK_(head, &TAILQ_FIRST(head), one, field)
#define TAILQ_INSERT_AFTER(head, at, one, field) TAILQ_LINK_(head, &TAILQ_NEXT(at, field), one, field)
#define TAILQ_INSERT_TAIL(head, one, field)                   \
	do {                                                  \
		TAILQ_NEXT(one, field) = 0;                   \
		(one)->field.tqe_prev = (head)->tqh_last;     \
		*(head)->tqh_last = (one);                    \
		(head)->tqh_last = &TAILQ_NEXT(one, field);   \
	} while (0)
#define TAILQ_INSERT_BEFORE(at, one, field)                   \
	do {                                                  \
		(one)->field.tqe_prev = (at)->field.tqe_prev; \
		TAILQ_NEXT(one, field) = (at);                \
		*(at)->field.tqe_prev = (one);                \
		(at)->field.tqe_prev = &TAILQ_NEXT(one, field); \
	} while (0)
#define TAILQ_REMOVE(head, one, field)                                                  \
	do {                                                                            \
		if (TAILQ_NEXT(one, field))                                             \
			TAILQ_NEXT(one, field)->field.tqe_prev = (one)->field.tqe_prev; \
		else                                                                    \
			(head)->tqh_last = (one)->field.tqe_prev;                       \
		*(one)->field.tqe_prev = TAILQ_NEXT(one, field);                        \
	} while (0)
#define TAILQ_CONCAT(to, from, field)                                         \
	do {                                                                  \
		if (!TAILQ_EMPTY(from)) {                                     \
			*(to)->tqh_last = TAILQ_FIRST(from);                  \
			TAILQ_FIRST(from)->field.tqe_prev = (to)->tqh_last;   \
			(to)->tqh_last = (from)->tqh_last;                    \
			TAILQ_INIT(from);                                     \
		}                                                             \
	} while (0)

#endif
