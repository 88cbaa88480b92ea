// Calls each checked function as code built for glibc does, with room and at its limit, then over it.
#define _GNU_SOURCE
#undef NDEBUG // zig defines it where it optimises
#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#define BIG ((size_t)-1)
typedef size_t Z;
void *__memcpy_chk(void *, const void *, Z, Z), *__memmove_chk(void *, const void *, Z, Z), *__mempcpy_chk(void *, const void *, Z, Z), *__memset_chk(void *, int, Z, Z);
void __explicit_bzero_chk(void *, Z, Z);
char *__stpcpy_chk(char *, const char *, Z), *__stpncpy_chk(char *, const char *, Z, Z), *__strcat_chk(char *, const char *, Z), *__strcpy_chk(char *, const char *, Z), *__strncat_chk(char *, const char *, Z, Z), *__strncpy_chk(char *, const char *, Z, Z);
Z __strlcpy_chk(char *, const char *, Z, Z), __strlcat_chk(char *, const char *, Z, Z);
int __printf_chk(int, const char *, ...), __fprintf_chk(FILE *, int, const char *, ...), __vprintf_chk(int, const char *, va_list), __vfprintf_chk(FILE *, int, const char *, va_list);
int __sprintf_chk(char *, int, Z, const char *, ...), __vsprintf_chk(char *, int, Z, const char *, va_list), __snprintf_chk(char *, Z, int, Z, const char *, ...), __vsnprintf_chk(char *, Z, int, Z, const char *, va_list);
int __dprintf_chk(int, int, const char *, ...), __vdprintf_chk(int, int, const char *, va_list), __asprintf_chk(char **, int, const char *, ...), __vasprintf_chk(char **, int, const char *, va_list);
char *__fgets_chk(char *, Z, int, FILE *), *__fgets_unlocked_chk(char *, Z, int, FILE *);
Z __fread_chk(void *, Z, Z, Z, FILE *), __fread_unlocked_chk(void *, Z, Z, Z, FILE *);
void __syslog_chk(int, int, const char *, ...), __vsyslog_chk(int, int, const char *, va_list);
int __wprintf_chk(int, const wchar_t *, ...), __fwprintf_chk(FILE *, int, const wchar_t *, ...), __vwprintf_chk(int, const wchar_t *, va_list), __vfwprintf_chk(FILE *, int, const wchar_t *, va_list), __swprintf_chk(wchar_t *, Z, int, Z, const wchar_t *, ...), __vswprintf_chk(wchar_t *, Z, int, Z, const wchar_t *, va_list);
wchar_t *__fgetws_chk(wchar_t *, Z, int, FILE *), *__fgetws_unlocked_chk(wchar_t *, Z, int, FILE *), *__wmemcpy_chk(wchar_t *, const wchar_t *, Z, Z), *__wmemmove_chk(wchar_t *, const wchar_t *, Z, Z), *__wmempcpy_chk(wchar_t *, const wchar_t *, Z, Z), *__wmemset_chk(wchar_t *, wchar_t, Z, Z), *__wcscpy_chk(wchar_t *, const wchar_t *, Z), *__wcsncpy_chk(wchar_t *, const wchar_t *, Z, Z), *__wcpcpy_chk(wchar_t *, const wchar_t *, Z), *__wcpncpy_chk(wchar_t *, const wchar_t *, Z, Z), *__wcscat_chk(wchar_t *, const wchar_t *, Z), *__wcsncat_chk(wchar_t *, const wchar_t *, Z, Z);
Z __mbstowcs_chk(wchar_t *, const char *, Z, Z), __mbsrtowcs_chk(wchar_t *, const char **, Z, mbstate_t *, Z), __mbsnrtowcs_chk(wchar_t *, const char **, Z, Z, mbstate_t *, Z), __wcstombs_chk(char *, const wchar_t *, Z, Z), __wcsrtombs_chk(char *, const wchar_t **, Z, mbstate_t *, Z), __wcsnrtombs_chk(char *, const wchar_t **, Z, Z, mbstate_t *, Z), __wcrtomb_chk(char *, wchar_t, mbstate_t *, Z);
int __wctomb_chk(char *, wchar_t, Z);
ssize_t __read_chk(int, void *, Z, Z), __pread_chk(int, void *, Z, off_t, Z), __pread64_chk(int, void *, Z, off_t, Z), __readlink_chk(const char *, char *, Z, Z), __readlinkat_chk(int, const char *, char *, Z, Z), __recv_chk(int, void *, Z, Z, int), __recvfrom_chk(int, void *, Z, Z, int, struct sockaddr *, socklen_t *);
char *__realpath_chk(const char *, char *, Z), *__getcwd_chk(char *, Z, Z), *__getwd_chk(char *, Z);
int __gethostname_chk(char *, Z, Z), __getdomainname_chk(char *, Z, Z), __getgroups_chk(int, gid_t *, Z), __getlogin_r_chk(char *, Z, Z), __ptsname_r_chk(int, char *, Z, Z), __ttyname_r_chk(int, char *, Z, Z), __poll_chk(struct pollfd *, nfds_t, int, Z), __ppoll_chk(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *, Z);
Z __confstr_chk(int, char *, Z, Z);
long __fdelt_chk(long), __fdelt_warn(long);
int __open_2(const char *, int), __open64_2(const char *, int), __openat_2(int, const char *, int), __openat64_2(int, const char *, int);
void __chk_fail(void), __fortify_fail(const char *);

static char b[16384], c[64];
static wchar_t w[64];

static int with(int (*f)(const char *, va_list), const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	int r = f(format, ap);
	va_end(ap);
	return r;
}
static int v1(const char *f, va_list ap) { return __vprintf_chk(1, f, ap); }
static int v2(const char *f, va_list ap) { return __vfprintf_chk(stdout, 1, f, ap); }
static int v3(const char *f, va_list ap) { return __vsprintf_chk(c, 1, 8, f, ap); }
static int v4(const char *f, va_list ap) { return __vsnprintf_chk(c, 8, 1, 8, f, ap); }
static int v5(const char *f, va_list ap) { return __vdprintf_chk(1, 1, f, ap); }
static int v6(const char *f, va_list ap) { char *p; int n = __vasprintf_chk(&p, 1, f, ap); free(p); return n; }
static int v7(const char *f, va_list ap) { __vsyslog_chk(7, 1, f, ap); return 2; }
static int v8(const char *f, va_list ap) { return __vswprintf_chk(w, 8, 1, 8, L"%d", ap); }
static int v9(const char *f, va_list ap) { return __vwprintf_chk(1, L"%d", ap); }
static int va(const char *f, va_list ap) { return __vfwprintf_chk(stderr, 1, L"%d", ap); }

#define DIES(call)                                                                            \
	do {                                                                                  \
		int state;                                                                    \
		pid_t child = fork();                                                         \
		if (!child) {                                                                 \
			close(2);                                                             \
			call;                                                                 \
			_exit(0);                                                             \
		}                                                                             \
		waitpid(child, &state, 0);                                                    \
		if (!WIFSIGNALED(state) || WTERMSIG(state) != SIGABRT) {                      \
			fprintf(stderr, "survived: %s\n", #call);                             \
			exit(1);                                                              \
		}                                                                             \
	} while (0)

static void strings(void)
{
	assert(!strcmp(__strcpy_chk(c, "abc", 4), "abc"));
	assert(__stpcpy_chk(c, "abc", 4) == c + 3);
	assert(!strcmp(__strncpy_chk(c, "abcdef", 6, 8), "abcdef"));
	assert(__stpncpy_chk(c, "ab", 4, 4) == c + 2);
	strcpy(c, "ab");
	assert(!strcmp(__strcat_chk(c, "cd", 5), "abcd"));
	assert(!strcmp(__strncat_chk(c, "efgh", 2, 7), "abcdef"));
	assert(__strlcpy_chk(c, "abcdef", 4, 4) == 6 && !strcmp(c, "abc"));
	assert(__strlcat_chk(c, "def", 6, 6) == 6 && !strcmp(c, "abcde"));
	DIES(__strcpy_chk(c, "abc", 3)); DIES(__stpcpy_chk(c, "abc", 3)); DIES(__strncpy_chk(c, "a", 4, 3)); DIES(__stpncpy_chk(c, "a", 4, 3));
	strcpy(c, "ab");
	DIES(__strcat_chk(c, "cd", 4)); DIES(__strncat_chk(c, "cd", 2, 4)); DIES(__strlcpy_chk(c, "a", 4, 3)); DIES(__strlcat_chk(c, "a", 4, 3));
	assert(__memcpy_chk(c, "xyz", 4, 4) == c && !strcmp(c, "xyz"));
	assert(__memmove_chk(c + 1, c, 4, 8) == c + 1 && !strcmp(c, "xxyz"));
	assert(__mempcpy_chk(c, "ab", 2, 2) == c + 2);
	assert(__memset_chk(c, 'q', 3, 3) == c && c[2] == 'q');
	__explicit_bzero_chk(c, 4, 4);
	assert(c[0] == 0 && c[3] == 0);
	DIES(__memcpy_chk(c, "xyz", 4, 3)); DIES(__memmove_chk(c, "xyz", 4, 3)); DIES(__mempcpy_chk(c, "xyz", 4, 3)); DIES(__memset_chk(c, 0, 4, 3)); DIES(__explicit_bzero_chk(c, 4, 3));
}

static void texts(void)
{
	char *p;
	assert(__printf_chk(1, "%d\n", 12) == 3 && __fprintf_chk(stdout, 1, "%d\n", 12) == 3 && with(v1, "%d", 12) == 2 && with(v2, "%d", 12) == 2);
	assert(__sprintf_chk(c, 1, 8, "%s", "1234567") == 7 && !strcmp(c, "1234567"));
	assert(__sprintf_chk(c, 1, BIG, "%d", 5) == 1 && !strcmp(c, "5"));
	assert(with(v3, "%d", 12) == 2 && __snprintf_chk(c, 3, 1, 3, "%d", 12345) == 5 && !strcmp(c, "12") && with(v4, "%d", 12) == 2);
	fflush(stdout);
	assert(__dprintf_chk(1, 1, "%d\n", 12) == 3 && with(v5, "%d", 12) == 2);
	assert(__asprintf_chk(&p, 1, "%d", 77) == 2 && !strcmp(p, "77") && with(v6, "%d", 12) == 2);
	__syslog_chk(7, 1, "%s", "gomusl");
	assert(with(v7, "%d", 12) == 2);
	DIES(__sprintf_chk(c, 1, 7, "%s", "1234567")); DIES(__snprintf_chk(c, 8, 1, 7, "x"));
	FILE *f = tmpfile();
	fputs("one\ntwo\nthree\nfour\n", f);
	rewind(f);
	assert(__fgets_chk(c, 8, 8, f) && !strcmp(c, "one\n") && __fgets_unlocked_chk(c, 8, 8, f) && !strcmp(c, "two\n"));
	assert(__fread_chk(c, 6, 1, 6, f) == 6 && !memcmp(c, "three\n", 6) && __fread_unlocked_chk(c, 5, 1, 5, f) == 5 && !memcmp(c, "four\n", 5));
	DIES(__fgets_chk(c, 7, 8, f)); DIES(__fgets_unlocked_chk(c, 7, 8, f)); DIES(__fread_chk(c, 7, 2, 4, f)); DIES(__fread_unlocked_chk(c, 7, 2, 4, f)); DIES(__fread_chk(c, 7, BIG, 2, f));
}

static void wide(void)
{
	mbstate_t s;
	const char *from;
	const wchar_t *wfrom;
	assert(__swprintf_chk(w, 8, 1, 8, L"%d", 42) == 2 && !wcscmp(w, L"42") && with(v8, "", 43) == 2 && !wcscmp(w, L"43"));
	assert(!wcscmp(__wcscpy_chk(w, L"abc", 4), L"abc") && __wcpcpy_chk(w, L"abc", 4) == w + 3);
	assert(!wcscmp(__wcscat_chk(w, L"de", 6), L"abcde") && !wcscmp(__wcsncat_chk(w, L"fgh", 1, 7), L"abcdef"));
	assert(!wcsncmp(__wcsncpy_chk(w, L"zz", 2, 2), L"zz", 2) && __wcpncpy_chk(w, L"z", 3, 3) == w + 1);
	assert(__wmemcpy_chk(w, L"ab", 2, 2) == w && __wmemmove_chk(w + 1, w, 2, 8) == w + 1 && w[2] == L'b' && __wmempcpy_chk(w, L"ab", 2, 2) == w + 2 && __wmemset_chk(w, L'x', 2, 2) == w && w[1] == L'x');
	assert(__mbstowcs_chk(w, "abc", 8, 8) == 3);
	memset(&s, 0, sizeof s); from = "abc"; assert(__mbsrtowcs_chk(w, &from, 8, &s, 8) == 3);
	memset(&s, 0, sizeof s); from = "abc"; assert(__mbsnrtowcs_chk(w, &from, 2, 8, &s, 8) == 2);
	assert(__wcstombs_chk(c, L"abc", 8, 8) == 3);
	memset(&s, 0, sizeof s); wfrom = L"abc"; assert(__wcsrtombs_chk(c, &wfrom, 8, &s, 8) == 3);
	memset(&s, 0, sizeof s); wfrom = L"abc"; assert(__wcsnrtombs_chk(c, &wfrom, 2, 8, &s, 8) == 2);
	memset(&s, 0, sizeof s); assert(__wcrtomb_chk(c, L'a', &s, 16) == 1 && __wctomb_chk(c, L'a', 16) == 1);
	FILE *f = tmpfile();
	fputs("one\ntwo\n", f);
	rewind(f);
	assert(__fgetws_chk(w, 8, 8, f) && !wcscmp(w, L"one\n") && __fgetws_unlocked_chk(w, 8, 8, f) && !wcscmp(w, L"two\n"));
	DIES(__swprintf_chk(w, 8, 1, 7, L"x")); DIES(__wcscpy_chk(w, L"abc", 3)); DIES(__wcpcpy_chk(w, L"abc", 3)); DIES(__wcsncpy_chk(w, L"a", 4, 3)); DIES(__wcpncpy_chk(w, L"a", 4, 3));
	wcscpy(w, L"ab");
	DIES(__wcscat_chk(w, L"cd", 4)); DIES(__wcsncat_chk(w, L"cd", 2, 4)); DIES(__wmemcpy_chk(w, L"ab", 3, 2)); DIES(__wmemmove_chk(w, L"ab", 3, 2)); DIES(__wmempcpy_chk(w, L"ab", 3, 2)); DIES(__wmemset_chk(w, 0, 3, 2));
	from = "a"; wfrom = L"a";
	DIES(__mbstowcs_chk(w, "a", 3, 2)); DIES(__mbsrtowcs_chk(w, &from, 3, &s, 2)); DIES(__mbsnrtowcs_chk(w, &from, 1, 3, &s, 2)); DIES(__wcstombs_chk(c, L"a", 3, 2)); DIES(__wcsrtombs_chk(c, &wfrom, 3, &s, 2)); DIES(__wcsnrtombs_chk(c, &wfrom, 1, 3, &s, 2)); DIES(__wcrtomb_chk(c, L'a', &s, 0)); DIES(__wctomb_chk(c, L'a', 0)); DIES(__fgetws_chk(w, 2, 3, f)); DIES(__fgetws_unlocked_chk(w, 2, 3, f));
	assert(__fwprintf_chk(stderr, 1, L"%d", 12) == 2 && with(va, "", 12) == 2);
}

static void system_calls(void)
{
	int pair[2], fd = open("/dev/zero", O_RDONLY);
	struct pollfd one = { fd, POLLIN, 0 };
	gid_t groups[64];
	assert(__read_chk(fd, c, 8, 8) == 8 && __pread_chk(fd, c, 8, 0, 8) == 8 && __pread64_chk(fd, c, 8, 0, 8) == 8);
	assert(__readlink_chk("/proc/self/exe", b, 4000, 4096) > 0 && __readlinkat_chk(AT_FDCWD, "/proc/self/exe", b, 4000, 4096) > 0);
	assert(__realpath_chk("/", b, 4096) && !strcmp(b, "/") && __getcwd_chk(b, 4096, 4096) && b[0] == '/' && __getwd_chk(b, 4096) && b[0] == '/');
	assert(__gethostname_chk(c, 64, 64) == 0 || 1);
	assert(__getdomainname_chk(b, 1024, 1024) == 0 && __getgroups_chk(0, groups, 0) >= 0);
	assert(__confstr_chk(_CS_PATH, b, 64, 64) > 0);
	__getlogin_r_chk(c, 8, 8); __ptsname_r_chk(fd, c, 8, 8); __ttyname_r_chk(fd, c, 8, 8);
	assert(__poll_chk(&one, 1, 0, sizeof one) == 1 && __ppoll_chk(&one, 1, NULL, NULL, sizeof one) == 1);
	assert(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair) && write(pair[0], "abcdef", 6) == 6);
	assert(__recv_chk(pair[1], c, 3, 3, 0) == 3 && __recvfrom_chk(pair[1], c, 3, 3, 0, NULL, NULL) == 3);
	assert(__fdelt_chk(65) == 65 / (long)(8 * sizeof(long)) && __fdelt_warn(1) == 0);
	assert(__open_2("/dev/null", 0) >= 0 && __open64_2("/dev/null", 0) >= 0 && __openat_2(AT_FDCWD, "/dev/null", 0) >= 0 && __openat64_2(AT_FDCWD, "/dev/null", 0) >= 0);
	DIES(__read_chk(fd, c, 8, 7)); DIES(__pread_chk(fd, c, 8, 0, 7)); DIES(__pread64_chk(fd, c, 8, 0, 7)); DIES(__readlink_chk("/", c, 8, 7)); DIES(__readlinkat_chk(0, "/", c, 8, 7)); DIES(__realpath_chk("/", b, 8)); DIES(__getcwd_chk(b, 8, 7)); DIES(__getwd_chk(b, 1)); DIES(__gethostname_chk(c, 8, 7)); DIES(__getdomainname_chk(c, 8, 7)); DIES(__getgroups_chk(4, groups, 12)); DIES(__getlogin_r_chk(c, 8, 7)); DIES(__confstr_chk(_CS_PATH, c, 8, 7)); DIES(__ptsname_r_chk(fd, c, 8, 7)); DIES(__ttyname_r_chk(fd, c, 8, 7)); DIES(__recv_chk(fd, c, 8, 7, 0)); DIES(__recvfrom_chk(fd, c, 8, 7, 0, NULL, NULL)); DIES(__poll_chk(&one, 2, 0, sizeof one)); DIES(__ppoll_chk(&one, 2, NULL, NULL, sizeof one)); DIES(__fdelt_chk(-1)); DIES(__fdelt_warn(1024)); DIES(__open_2("/x", O_CREAT)); DIES(__open64_2("/x", O_CREAT)); DIES(__openat_2(0, "/x", O_CREAT)); DIES(__openat64_2(0, "/x", O_TMPFILE)); DIES(__chk_fail()); DIES(__fortify_fail("x"));
}

int main(void)
{
	strings();
	texts();
	wide();
	system_calls();
	freopen("/dev/null", "w", stdout);
	assert(__wprintf_chk(1, L"%d", 12) == 2 && with(v9, "", 12) == 2);
	return 0;
}
