// The version of glibc that a program built for it expects.
#ifndef GOMUSL_GNU_LIBC_VERSION_H
#define GOMUSL_GNU_LIBC_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

const char *gnu_get_libc_release(void);
const char *gnu_get_libc_version(void);

#ifdef __cplusplus
}
#endif

#endif
