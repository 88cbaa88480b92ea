#define _GNU_SOURCE
#include "shim.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

SHIM int __vfwprintf_chk(FILE *f, int flag, const wchar_t *format, va_list ap) { return vfwprintf(f, format, ap); }
SHIM int __vwprintf_chk(int flag, const wchar_t *format, va_list ap) { return vwprintf(format, ap); }
SHIM int __vswprintf_chk(wchar_t *to, size_t n, int flag, size_t room, const wchar_t *format, va_list ap) { CHECK(n, room); return vswprintf(to, n, format, ap); }

#define FORWARD(call)                    \
	do {                             \
		va_list ap;              \
		va_start(ap, format);    \
		int result = call;       \
		va_end(ap);              \
		return result;           \
	} while (0)

SHIM int __wprintf_chk(int flag, const wchar_t *format, ...) { FORWARD(vwprintf(format, ap)); }
SHIM int __fwprintf_chk(FILE *f, int flag, const wchar_t *format, ...) { FORWARD(vfwprintf(f, format, ap)); }
SHIM int __swprintf_chk(wchar_t *to, size_t n, int flag, size_t room, const wchar_t *format, ...) { FORWARD(__vswprintf_chk(to, n, flag, room, format, ap)); }

// `room` counts wide characters, but for fgetws, mbstowcs and the like, where glibc's headers say so too.
SHIM wchar_t *__fgetws_chk(wchar_t *to, size_t room, int n, FILE *f) { CHECK((size_t)(n < 0 ? 0 : n), room); return fgetws(to, n, f); }
SHIM wchar_t *__fgetws_unlocked_chk(wchar_t *to, size_t room, int n, FILE *f) { CHECK((size_t)(n < 0 ? 0 : n), room); return fgetws(to, n, f); }
SHIM wchar_t *__wmemcpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room) { CHECK(n, room); return wmemcpy(to, from, n); }
SHIM wchar_t *__wmemmove_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room) { CHECK(n, room); return wmemmove(to, from, n); }
SHIM wchar_t *__wmempcpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room) { CHECK(n, room); return wmemcpy(to, from, n) + n; }
SHIM wchar_t *__wmemset_chk(wchar_t *to, wchar_t c, size_t n, size_t room) { CHECK(n, room); return wmemset(to, c, n); }
SHIM wchar_t *__wcscpy_chk(wchar_t *to, const wchar_t *from, size_t room) { CHECK(wcslen(from) + 1, room); return wcscpy(to, from); }
SHIM wchar_t *__wcpcpy_chk(wchar_t *to, const wchar_t *from, size_t room) { CHECK(wcslen(from) + 1, room); return wcpcpy(to, from); }
SHIM wchar_t *__wcsncpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room) { CHECK(n, room); return wcsncpy(to, from, n); }
SHIM wchar_t *__wcpncpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room) { CHECK(n, room); return wcpncpy(to, from, n); }
SHIM wchar_t *__wcscat_chk(wchar_t *to, const wchar_t *from, size_t room) { CHECK(wcslen(to) + wcslen(from) + 1, room); return wcscat(to, from); }
SHIM wchar_t *__wcsncat_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room) { CHECK(wcslen(to) + wcsnlen(from, n) + 1, room); return wcsncat(to, from, n); }
SHIM size_t __mbstowcs_chk(wchar_t *to, const char *from, size_t n, size_t room) { CHECK(n, room); return mbstowcs(to, from, n); }
SHIM size_t __mbsrtowcs_chk(wchar_t *to, const char **from, size_t n, mbstate_t *s, size_t room) { CHECK(n, room); return mbsrtowcs(to, from, n, s); }
SHIM size_t __mbsnrtowcs_chk(wchar_t *to, const char **from, size_t bytes, size_t n, mbstate_t *s, size_t room) { CHECK(n, room); return mbsnrtowcs(to, from, bytes, n, s); }
SHIM size_t __wcstombs_chk(char *to, const wchar_t *from, size_t n, size_t room) { CHECK(n, room); return wcstombs(to, from, n); }
SHIM size_t __wcsrtombs_chk(char *to, const wchar_t **from, size_t n, mbstate_t *s, size_t room) { CHECK(n, room); return wcsrtombs(to, from, n, s); }
SHIM size_t __wcsnrtombs_chk(char *to, const wchar_t **from, size_t chars, size_t n, mbstate_t *s, size_t room) { CHECK(n, room); return wcsnrtombs(to, from, chars, n, s); }
SHIM size_t __wcrtomb_chk(char *to, wchar_t c, mbstate_t *s, size_t room) { if (to) CHECK(MB_CUR_MAX, room); return wcrtomb(to, c, s); }
SHIM int __wctomb_chk(char *to, wchar_t c, size_t room) { if (to) CHECK(MB_CUR_MAX, room); return wctomb(to, c); }
