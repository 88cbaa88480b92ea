// Switches between two stacks, hands over arguments, floating point and the signal mask, and comes back by uc_link.
#undef NDEBUG // zig defines it where it optimises
#include <assert.h>
#include <fenv.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

static ucontext_t home, other;
static int turns, sum;
static double kept;

static void ten(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j)
{
	sigset_t mask;
	sigprocmask(SIG_BLOCK, 0, &mask);
	assert(!sigismember(&mask, SIGUSR1));
	sum = a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j;
	assert(((unsigned long)__builtin_frame_address(0) & 15) == 0);
	for (double own = 0.5; turns < 1000; own += 1) {
		kept = own;
		turns++;
		fesetround(FE_UPWARD);
		assert(swapcontext(&other, &home) == 0);
		assert(fegetround() == FE_UPWARD);
	}
}

static void last(void)
{
	turns = -1;
}

int main(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	sigset_t usr1, mask;
	int state;
	volatile int again = 0;
	ucontext_t here;
	assert(getcontext(&here) == 0);
	if (again++ < 3)
		setcontext(&here);
	assert(again == 4);

	assert(getcontext(&other) == 0);
	other.uc_stack.ss_sp = stack;
	other.uc_stack.ss_size = sizeof stack - 3;
	other.uc_link = &home;
	makecontext(&other, (void (*)(void))ten, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, 0);
	volatile double mine = 0.25;
	for (int at = 1; at <= 1000; at++) {
		assert(swapcontext(&home, &other) == 0);
		assert(fegetround() == FE_TONEAREST && turns == at && kept == at - 0.5);
		mine += 1;
		sigprocmask(SIG_BLOCK, 0, &mask);
		assert(sigismember(&mask, SIGUSR1));
	}
	assert(sum == 385 && mine == 1000.25);
	assert(swapcontext(&home, &other) == 0); // returns, and comes back by uc_link

	other.uc_stack.ss_sp = stack;
	other.uc_stack.ss_size = sizeof stack;
	other.uc_link = 0;
	makecontext(&other, last, 0);
	if (!fork())
		setcontext(&other); // without uc_link the program ends well
	wait(&state);
	assert(WIFEXITED(state) && WEXITSTATUS(state) == 0);
	return 0;
}
