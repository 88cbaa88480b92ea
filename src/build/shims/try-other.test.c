// Calls each function of the other shims.
#define _GNU_SOURCE
#undef NDEBUG // zig defines it where it optimises
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#undef isinf
#undef isnan

long __isoc23_strtol(const char *, char **, int), __isoc23_wcstol(const wchar_t *, wchar_t **, int), __isoc23_strtol_l(const char *, char **, int, locale_t);
unsigned long __isoc23_strtoul(const char *, char **, int), __isoc23_wcstoul(const wchar_t *, wchar_t **, int), __isoc23_strtoul_l(const char *, char **, int, locale_t);
long long __isoc23_strtoll(const char *, char **, int), __isoc23_wcstoll(const wchar_t *, wchar_t **, int), __isoc23_strtoll_l(const char *, char **, int, locale_t);
unsigned long long __isoc23_strtoull(const char *, char **, int), __isoc23_wcstoull(const wchar_t *, wchar_t **, int), __isoc23_strtoull_l(const char *, char **, int, locale_t);
intmax_t __isoc23_strtoimax(const char *, char **, int), __isoc23_wcstoimax(const wchar_t *, wchar_t **, int);
uintmax_t __isoc23_strtoumax(const char *, char **, int), __isoc23_wcstoumax(const wchar_t *, wchar_t **, int);
void *rawmemchr(const void *, int), *__rawmemchr(const void *, int), *__sched_cpualloc(size_t);
void __sched_cpufree(void *);
char *__strerror_r(int, char *, size_t);
long long strtoq(const char *, char **, int), strtoll_l(const char *, char **, int, locale_t), __strtoll_l(const char *, char **, int, locale_t);
unsigned long long strtouq(const char *, char **, int), strtoull_l(const char *, char **, int, locale_t), __strtoull_l(const char *, char **, int, locale_t);
long strtol_l(const char *, char **, int, locale_t), __strtol_l(const char *, char **, int, locale_t);
unsigned long strtoul_l(const char *, char **, int, locale_t), __strtoul_l(const char *, char **, int, locale_t);
double __strtod_internal(const char *, char **, int);
float __strtof_internal(const char *, char **, int);
long double __strtold_internal(const char *, char **, int);
int isinf(double), isinff(float), isinfl(long double), isnan(double), isnanf(float), isnanl(long double), __isinf(double), __isinff(float), __isinfl(long double), __isnan(double), __isnanf(float), __isnanl(long double), __finite(double), __finitef(float), __finitel(long double);
const char *gnu_get_libc_version(void), *gnu_get_libc_release(void);
int __register_atfork(void (*)(void), void (*)(void), void (*)(void), void *), __cxa_thread_atexit_impl(void (*)(void *), void *, void *), __cxa_at_quick_exit(void (*)(void *), void *);
extern char __libc_single_threaded;
struct found { unsigned long long flags; void *start, *end, *map, *table; unsigned long long reserved[7]; };
int _dl_find_object(void *, struct found *);
int backtrace(void **, int), __backtrace(void **, int);
char **backtrace_symbols(void *const *, int), **__backtrace_symbols(void *const *, int);
void backtrace_symbols_fd(void *const *, int, int), __backtrace_symbols_fd(void *const *, int, int);
void error(int, int, const char *, ...), error_at_line(int, int, const char *, unsigned, const char *, ...);
extern void (*error_print_progname)(void);
extern unsigned error_message_count;
extern int error_one_per_line, _nl_msg_cat_cntr;
unsigned gnu_dev_major(unsigned long long), gnu_dev_minor(unsigned long long);
unsigned long long gnu_dev_makedev(unsigned, unsigned);
uint32_t arc4random(void), arc4random_uniform(uint32_t);
void arc4random_buf(void *, size_t), closefrom(int);
int close_range(unsigned, unsigned, int), pthread_cond_clockwait(pthread_cond_t *, pthread_mutex_t *, clockid_t, const struct timespec *), sem_clockwait(sem_t *, clockid_t, const struct timespec *);
int malloc_trim(size_t), mallopt(int, int);

static int forked, destroyed;
static void on_fork(void) { forked++; }
static void destroy(void *p) { destroyed = destroyed * 10 + *(int *)p; }
static int one = 1, two = 2;
static void *thread(void *unused)
{
	__cxa_thread_atexit_impl(destroy, &one, NULL);
	__cxa_thread_atexit_impl(destroy, &two, NULL);
	return NULL;
}
static void name(void) { fputs("prog", stderr); }
static void quick(void *unused) { _exit(unused ? 1 : 7); }

static void numbers(void)
{
	char *end;
	wchar_t *wend;
	assert(__isoc23_strtol(" -0b101x", &end, 0) == -5 && *end == 'x');
	assert(__isoc23_strtol("0b", &end, 2) == 0 && *end == 'b');
	assert(__isoc23_strtol("0B11", NULL, 2) == 3 && __isoc23_strtol("0x1f", NULL, 0) == 31 && __isoc23_strtol("12", NULL, 10) == 12 && __isoc23_strtol("0b1", &end, 10) == 0 && *end == 'b');
	errno = 0;
	assert(__isoc23_strtol("0b1111111111111111111111111111111111111111111111111111111111111111111111", &end, 0) == LONG_MAX && errno == ERANGE && !*end);
	assert(__isoc23_strtol("-0b1000000000000000000000000000000000000000000000000000000000000000", NULL, 0) == LONG_MIN);
	assert(__isoc23_strtoul("0b11", NULL, 0) == 3 && __isoc23_strtoll("0b11", NULL, 0) == 3 && __isoc23_strtoull("0b11", NULL, 0) == 3 && __isoc23_strtoimax("0b11", NULL, 0) == 3 && __isoc23_strtoumax("0b11", NULL, 0) == 3);
	assert(__isoc23_wcstol(L"0b11z", &wend, 0) == 3 && *wend == L'z' && __isoc23_wcstoul(L"0b11", NULL, 0) == 3 && __isoc23_wcstoll(L"-0b11", NULL, 0) == -3 && __isoc23_wcstoull(L"12", NULL, 0) == 12 && __isoc23_wcstoimax(L"0b11", NULL, 0) == 3 && __isoc23_wcstoumax(L"0b11", NULL, 0) == 3);
	assert(__isoc23_strtol_l("0b1", NULL, 0, 0) == 1 && __isoc23_strtoul_l("0b1", NULL, 0, 0) == 1 && __isoc23_strtoll_l("0b1", NULL, 0, 0) == 1 && __isoc23_strtoull_l("0b1", NULL, 0, 0) == 1);
	assert(strtoq("12", NULL, 0) == 12 && strtouq("12", NULL, 0) == 12 && strtol_l("12", NULL, 0, 0) == 12 && __strtol_l("12", NULL, 0, 0) == 12 && strtoul_l("12", NULL, 0, 0) == 12 && __strtoul_l("12", NULL, 0, 0) == 12 && strtoll_l("12", NULL, 0, 0) == 12 && __strtoll_l("12", NULL, 0, 0) == 12 && strtoull_l("12", NULL, 0, 0) == 12 && __strtoull_l("12", NULL, 0, 0) == 12);
	assert(__strtod_internal("1.5", NULL, 0) == 1.5 && __strtof_internal("1.5", NULL, 0) == 1.5f && __strtold_internal("1.5", NULL, 0) == 1.5L);
	assert(isinf(-INFINITY) == -1 && isinff(INFINITY) == 1 && isinfl(0) == 0 && __isinf(INFINITY) == 1 && __isinff(-INFINITY) == -1 && __isinfl(INFINITY) == 1);
	assert(isnan(NAN) && !isnan(1) && isnanf(NAN) && isnanl(NAN) && __isnan(NAN) && __isnanf(NAN) && __isnanl(NAN) && __finite(1) && !__finite(NAN) && __finitef(1) && !__finitel(INFINITY));
	assert(gnu_dev_major(makedev(8, 300)) == 8 && gnu_dev_minor(makedev(8, 300)) == 300 && gnu_dev_makedev(8, 300) == makedev(8, 300));
}

static void waits(void)
{
	struct timespec deadline, start, end;
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
	sem_t semaphore;
	clock_gettime(CLOCK_MONOTONIC, &start);
	deadline = start;
	deadline.tv_nsec += 50000000;
	if (deadline.tv_nsec >= 1000000000) {
		deadline.tv_sec++;
		deadline.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&mutex);
	assert(pthread_cond_clockwait(&condition, &mutex, CLOCK_MONOTONIC, &deadline) == ETIMEDOUT);
	clock_gettime(CLOCK_MONOTONIC, &end);
	assert((end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1000000 >= 45);
	sem_init(&semaphore, 0, 0);
	assert(sem_clockwait(&semaphore, CLOCK_MONOTONIC, &deadline) == -1 && errno == ETIMEDOUT);
	assert(pthread_cond_clockwait(&condition, &mutex, 99, &deadline) == EINVAL);
	sem_post(&semaphore);
	assert(sem_clockwait(&semaphore, CLOCK_REALTIME, &deadline) == 0);
}

int main(void)
{
	char text[64];
	void *trace[8], **other = trace;
	struct found found;
	pthread_t id;
	int state;
	numbers();
	waits();
	assert(rawmemchr("abc", 'c') && __rawmemchr("abc", 'b') && !strcmp(__strerror_r(ENOENT, text, sizeof text), strerror(ENOENT)));
	assert(gnu_get_libc_version()[0] == '2' && gnu_get_libc_release()[0] && !__libc_single_threaded && !_nl_msg_cat_cntr++);
	assert(!__register_atfork(on_fork, on_fork, NULL, NULL));
	if (!fork())
		_exit(0);
	wait(&state);
	assert(forked == 2);
	pthread_create(&id, NULL, thread, NULL);
	pthread_join(id, NULL);
	assert(destroyed == 21);
	assert(_dl_find_object((void *)main, &found) == 0 && found.start <= (void *)main && found.end > (void *)main && found.table && _dl_find_object((void *)8, &found) == -1);
	assert(backtrace(trace, 8) >= 1 && __backtrace(trace, 8) >= 1 && backtrace(trace, 0) == 0);
	other[0] = (void *)0x1234;
	char **names = backtrace_symbols(trace, 1), **more = __backtrace_symbols(trace, 1);
	assert(!strcmp(names[0], "[0x1234]") && !strcmp(more[0], "[0x1234]"));
	free(names);
	backtrace_symbols_fd(trace, 1, 1);
	__backtrace_symbols_fd(trace, 1, 1);
	error_print_progname = name;
	error(0, ENOENT, "text %d", 1);
	error_one_per_line = 1;
	error_at_line(0, 0, "f.c", 3, "at");
	error_at_line(0, 0, "f.c", 3, "again");
	assert(error_message_count == 2);
	arc4random_buf(text, sizeof text);
	assert(arc4random() != arc4random() || arc4random() != arc4random());
	for (int i = 0; i < 100; i++)
		assert(arc4random_uniform(7) < 7);
	void *set = __sched_cpualloc(1024);
	memset(set, 0, 128);
	__sched_cpufree(set);
	malloc_trim(0);
	mallopt(1, 1);
	int fd = open("/dev/null", O_RDONLY), last = dup(fd);
	assert(close_range((unsigned)last, (unsigned)last, 0) == 0 && fcntl(last, F_GETFD) == -1);
	closefrom(fd);
	assert(fcntl(fd, F_GETFD) == -1);
	if (!fork()) {
		__cxa_at_quick_exit(quick, text);
		quick_exit(0);
	}
	wait(&state);
	assert(WIFEXITED(state) && WEXITSTATUS(state) == 7);
	return 0;
}
