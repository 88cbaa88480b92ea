// Whether the program has one thread; a Go program never has.
#ifndef GOMUSL_SYS_SINGLE_THREADED_H
#define GOMUSL_SYS_SINGLE_THREADED_H

#ifdef __cplusplus
extern "C" {
#endif

extern char __libc_single_threaded;

#ifdef __cplusplus
}
#endif

#endif
