#define _GNU_SOURCE
#include "shim.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <unwind.h>

struct trace {
	void **to;
	int count, room;
};

static _Unwind_Reason_Code step(struct _Unwind_Context *context, void *data)
{
	struct trace *trace = data;
	if (trace->count == trace->room)
		return _URC_END_OF_STACK;
	// The first frame is that of backtrace itself, which glibc leaves out.
	if (trace->count >= 0)
		trace->to[trace->count] = (void *)_Unwind_GetIP(context);
	trace->count++;
	return _URC_NO_REASON;
}

SHIM int backtrace(void **to, int room)
{
	struct trace trace = { to, -1, room };
	if (room <= 0)
		return 0;
	_Unwind_Backtrace(step, &trace);
	return trace.count < 0 ? 0 : trace.count;
}

// One block that the caller frees: the pointers, then the texts.
SHIM char **backtrace_symbols(void *const *from, int n)
{
	enum { width = 24 };
	char **names = malloc((size_t)n * (sizeof *names + width));
	if (!names)
		return NULL;
	char *text = (char *)(names + n);
	for (int i = 0; i < n; i++, text += width) {
		snprintf(text, width, "[0x%zx]", (size_t)(uintptr_t)from[i]);
		names[i] = text;
	}
	return names;
}

SHIM void backtrace_symbols_fd(void *const *from, int n, int fd)
{
	for (int i = 0; i < n; i++)
		dprintf(fd, "[0x%zx]\n", (size_t)(uintptr_t)from[i]);
}

SHIM int __backtrace(void **to, int room) { return backtrace(to, room); }
SHIM char **__backtrace_symbols(void *const *from, int n) { return backtrace_symbols(from, n); }
SHIM void __backtrace_symbols_fd(void *const *from, int n, int fd) { backtrace_symbols_fd(from, n, fd); }
