#include "shim.h"
#include <ctype.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>

// C23 reads 0b101 where the base is 0 or 2; else these are the plain functions. `digits` is where the digits begin when
// the text has such a prefix with a binary digit after it, `sign` the sign's place.
#define BINARY(type, space)                                                                            \
	const type *at = text;                                                                         \
	while (space(*at))                                                                             \
		at++;                                                                                  \
	const type *sign = at;                                                                         \
	if (*at == '-' || *at == '+')                                                                  \
		at++;                                                                                  \
	int binary = (base == 0 || base == 2) && at[0] == '0' && (at[1] == 'b' || at[1] == 'B') &&     \
	             (at[2] == '0' || at[2] == '1');                                                   \
	const type *digits = at + 2;

// A negative number is read with its sign put before the digits, in a copy, so that the limits are right.
#define READ(name, result, type, plain, space)                                                         \
	SHIM result name(const type *restrict text, type **restrict end, int base)                     \
	{                                                                                              \
		BINARY(type, space)                                                                    \
		if (!binary)                                                                           \
			return plain(text, end, base);                                                 \
		size_t length = 0;                                                                     \
		while (digits[length] == '0' || digits[length] == '1')                                 \
			length++;                                                                      \
		if (end)                                                                               \
			*end = (type *)digits + length;                                                \
		while (length > 1 && *digits == '0') {                                                 \
			digits++;                                                                      \
			length--;                                                                      \
		}                                                                                      \
		type copy[80];                                                                         \
		size_t n = 0, i;                                                                       \
		if (*sign == '-')                                                                      \
			copy[n++] = '-';                                                               \
		for (i = 0; i < length && i < 70; i++)                                                 \
			copy[n++] = digits[i];                                                         \
		copy[n] = 0;                                                                           \
		return plain(copy, NULL, 2);                                                           \
	}

READ(__isoc23_strtol, long, char, strtol, isspace)
READ(__isoc23_strtoul, unsigned long, char, strtoul, isspace)
READ(__isoc23_strtoll, long long, char, strtoll, isspace)
READ(__isoc23_strtoull, unsigned long long, char, strtoull, isspace)
READ(__isoc23_strtoimax, intmax_t, char, strtoimax, isspace)
READ(__isoc23_strtoumax, uintmax_t, char, strtoumax, isspace)
READ(__isoc23_wcstol, long, wchar_t, wcstol, iswspace)
READ(__isoc23_wcstoul, unsigned long, wchar_t, wcstoul, iswspace)
READ(__isoc23_wcstoll, long long, wchar_t, wcstoll, iswspace)
READ(__isoc23_wcstoull, unsigned long long, wchar_t, wcstoull, iswspace)
READ(__isoc23_wcstoimax, intmax_t, wchar_t, wcstoimax, iswspace)
READ(__isoc23_wcstoumax, uintmax_t, wchar_t, wcstoumax, iswspace)

SHIM long __isoc23_strtol_l(const char *text, char **end, int base, locale_t l) { return __isoc23_strtol(text, end, base); }
SHIM unsigned long __isoc23_strtoul_l(const char *text, char **end, int base, locale_t l) { return __isoc23_strtoul(text, end, base); }
SHIM long long __isoc23_strtoll_l(const char *text, char **end, int base, locale_t l) { return __isoc23_strtoll(text, end, base); }
SHIM unsigned long long __isoc23_strtoull_l(const char *text, char **end, int base, locale_t l) { return __isoc23_strtoull(text, end, base); }
