// musl before 1.2.4 runs the handler of the signals that it sends to all threads (for setuid and its like) on whatever
// stack a thread has. A goroutine's is too small for it. This gives those handlers SA_ONSTACK, as musl 1.2.4 does.
// Linked with -Wl,--wrap=__libc_sigaction.
#include <signal.h>

int __real___libc_sigaction(int, const struct sigaction *, struct sigaction *);

__attribute__((visibility("hidden"))) int __wrap___libc_sigaction(int number, const struct sigaction *wanted,
                                                                  struct sigaction *old)
{
	struct sigaction changed;
	if (wanted && (number == 33 || number == 34) && wanted->sa_handler != SIG_IGN) {
		changed = *wanted;
		changed.sa_flags |= SA_ONSTACK | SA_RESTART;
		wanted = &changed;
	}
	return __real___libc_sigaction(number, wanted, old);
}
