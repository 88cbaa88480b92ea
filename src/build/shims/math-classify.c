#include "shim.h"

// glibc's functions say -1 for minus infinity.
#define CLASSIFY(type, s)                                                                                       \
	SHIM int __isinf##s(type x) { return __builtin_isinf_sign(x); }                                         \
	SHIM int isinf##s(type x) { return __builtin_isinf_sign(x); }                                           \
	SHIM int __isnan##s(type x) { return __builtin_isnan(x); }                                              \
	SHIM int isnan##s(type x) { return __builtin_isnan(x); }                                                \
	SHIM int __finite##s(type x) { return __builtin_isfinite(x); }
#undef isinf
#undef isnan
CLASSIFY(double, )
CLASSIFY(float, f)
CLASSIFY(long double, l)
