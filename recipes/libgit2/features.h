/* What cmake finds out on musl. */
#ifndef INCLUDE_features_h__
#define INCLUDE_features_h__
#define GIT_THREADS 1
#if __SIZEOF_POINTER__ == 8
#define GIT_ARCH_64 1
#else
#define GIT_ARCH_32 1
#endif
#define GIT_USE_NSEC 1
#define GIT_USE_STAT_MTIM 1
#define GIT_USE_FUTIMENS 1
#define GIT_REGEX_REGCOMP
#define GIT_HTTPS 1
#define GIT_OPENSSL 1
#define GIT_SHA1_COLLISIONDETECT 1
#define GIT_SHA256_OPENSSL 1
#define GIT_RAND_GETENTROPY 1
#endif
