#define _GNU_SOURCE
#include "shim.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>

// `flag` asks glibc to refuse %n in a format that can be written to; musl has no such check.
SHIM int __vfprintf_chk(FILE *f, int flag, const char *format, va_list ap) { return vfprintf(f, format, ap); }
SHIM int __vprintf_chk(int flag, const char *format, va_list ap) { return vprintf(format, ap); }
SHIM int __vdprintf_chk(int fd, int flag, const char *format, va_list ap) { return vdprintf(fd, format, ap); }
SHIM int __vasprintf_chk(char **to, int flag, const char *format, va_list ap) { return vasprintf(to, format, ap); }
SHIM void __vsyslog_chk(int priority, int flag, const char *format, va_list ap) { vsyslog(priority, format, ap); }

SHIM int __vsnprintf_chk(char *to, size_t n, int flag, size_t room, const char *format, va_list ap)
{
	CHECK(n, room);
	return vsnprintf(to, n, format, ap);
}

SHIM int __vsprintf_chk(char *to, int flag, size_t room, const char *format, va_list ap)
{
	// vsnprintf refuses more than INT_MAX; glibc gives SIZE_MAX when it does not know the room.
	size_t most = room > 0x7fffffff ? 0x7fffffff : room;
	int length = vsnprintf(to, most, format, ap);
	if (length >= 0)
		CHECK((size_t)length + 1, room);
	return length;
}

#define FORWARD(type, call)              \
	do {                             \
		va_list ap;              \
		va_start(ap, format);    \
		type result = call;      \
		va_end(ap);              \
		return result;           \
	} while (0)

SHIM int __printf_chk(int flag, const char *format, ...) { FORWARD(int, vprintf(format, ap)); }
SHIM int __fprintf_chk(FILE *f, int flag, const char *format, ...) { FORWARD(int, vfprintf(f, format, ap)); }
SHIM int __dprintf_chk(int fd, int flag, const char *format, ...) { FORWARD(int, vdprintf(fd, format, ap)); }
SHIM int __asprintf_chk(char **to, int flag, const char *format, ...) { FORWARD(int, vasprintf(to, format, ap)); }
SHIM int __sprintf_chk(char *to, int flag, size_t room, const char *format, ...) { FORWARD(int, __vsprintf_chk(to, flag, room, format, ap)); }
SHIM int __snprintf_chk(char *to, size_t n, int flag, size_t room, const char *format, ...) { FORWARD(int, __vsnprintf_chk(to, n, flag, room, format, ap)); }

SHIM void __syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	vsyslog(priority, format, ap);
	va_end(ap);
}

SHIM char *__fgets_chk(char *to, size_t room, int n, FILE *f) { CHECK((size_t)(n < 0 ? 0 : n), room); return fgets(to, n, f); }
SHIM char *__fgets_unlocked_chk(char *to, size_t room, int n, FILE *f) { CHECK((size_t)(n < 0 ? 0 : n), room); return fgets_unlocked(to, n, f); }

static void check_product(size_t size, size_t n, size_t room)
{
	if (size && n > room / size)
		overflow();
}

SHIM size_t __fread_chk(void *to, size_t room, size_t size, size_t n, FILE *f) { check_product(size, n, room); return fread(to, size, n, f); }
SHIM size_t __fread_unlocked_chk(void *to, size_t room, size_t size, size_t n, FILE *f) { check_product(size, n, room); return fread_unlocked(to, size, n, f); }
