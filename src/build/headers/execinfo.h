// The call stack. Addresses are found by the unwinder; a static program has no table of names.
#ifndef GOMUSL_EXECINFO_H
#define GOMUSL_EXECINFO_H

#ifdef __cplusplus
extern "C" {
#endif

int backtrace(void **addresses, int most);
char **backtrace_symbols(void *const *addresses, int count);
void backtrace_symbols_fd(void *const *addresses, int count, int descriptor);

#ifdef __cplusplus
}
#endif

#endif
