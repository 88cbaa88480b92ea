// Macros that headers of GNU and BSD origin write their declarations with.
#ifndef GOMUSL_SYS_CDEFS_H
#define GOMUSL_SYS_CDEFS_H

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif

#ifndef __THROW
#ifdef __cplusplus
#define __THROW throw()
#else
#define __THROW __attribute__((__nothrow__))
#endif
#endif
#ifndef __NTH
#define __NTH(function) function __THROW
#endif

#define __P(arguments) arguments
#define __PMT(arguments) arguments
#define __CONCAT(a, b) a##b
#define __STRING(text) #text
#define __ptr_t void *

#define __attribute_malloc__ __attribute__((__malloc__))
#define __attribute_pure__ __attribute__((__pure__))
#define __attribute_const__ __attribute__((__const__))
#define __attribute_used__ __attribute__((__used__))
#define __attribute_noinline__ __attribute__((__noinline__))
#define __attribute_deprecated__ __attribute__((__deprecated__))
#define __attribute_warn_unused_result__ __attribute__((__warn_unused_result__))
#ifndef __nonnull
#define __nonnull(places) __attribute__((__nonnull__ places))
#endif
#ifndef __wur
#define __wur
#endif
#ifndef __always_inline
#define __always_inline __inline __attribute__((__always_inline__))
#endif
#ifndef __glibc_likely
#define __glibc_likely(condition) __builtin_expect((condition), 1)
#define __glibc_unlikely(condition) __builtin_expect((condition), 0)
#endif

#endif
