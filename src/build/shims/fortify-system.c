#define _GNU_SOURCE
#include "shim.h"
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

SHIM ssize_t __read_chk(int fd, void *to, size_t n, size_t room) { CHECK(n, room); return read(fd, to, n); }
SHIM ssize_t __pread_chk(int fd, void *to, size_t n, off_t at, size_t room) { CHECK(n, room); return pread(fd, to, n, at); }
SHIM ssize_t __pread64_chk(int fd, void *to, size_t n, off_t at, size_t room) { CHECK(n, room); return pread(fd, to, n, at); }
SHIM ssize_t __readlink_chk(const char *path, char *to, size_t n, size_t room) { CHECK(n, room); return readlink(path, to, n); }
SHIM ssize_t __readlinkat_chk(int fd, const char *path, char *to, size_t n, size_t room) { CHECK(n, room); return readlinkat(fd, path, to, n); }
SHIM char *__realpath_chk(const char *path, char *to, size_t room) { if (to) CHECK((size_t)PATH_MAX, room); return realpath(path, to); }
SHIM char *__getcwd_chk(char *to, size_t n, size_t room) { CHECK(n, room); return getcwd(to, n); }
SHIM int __gethostname_chk(char *to, size_t n, size_t room) { CHECK(n, room); return gethostname(to, n); }
SHIM int __getdomainname_chk(char *to, size_t n, size_t room) { CHECK(n, room); return getdomainname(to, n); }
SHIM int __getgroups_chk(int n, gid_t *to, size_t room) { CHECK((size_t)(n < 0 ? 0 : n) * sizeof(gid_t), room); return getgroups(n, to); }
SHIM int __getlogin_r_chk(char *to, size_t n, size_t room) { CHECK(n, room); return getlogin_r(to, n); }
SHIM size_t __confstr_chk(int name, char *to, size_t n, size_t room) { CHECK(n, room); return confstr(name, to, n); }
SHIM int __ptsname_r_chk(int fd, char *to, size_t n, size_t room) { CHECK(n, room); return ptsname_r(fd, to, n); }
SHIM int __ttyname_r_chk(int fd, char *to, size_t n, size_t room) { CHECK(n, room); return ttyname_r(fd, to, n); }
SHIM ssize_t __recv_chk(int fd, void *to, size_t n, size_t room, int flags) { CHECK(n, room); return recv(fd, to, n, flags); }
SHIM ssize_t __recvfrom_chk(int fd, void *to, size_t n, size_t room, int flags, struct sockaddr *from, socklen_t *length) { CHECK(n, room); return recvfrom(fd, to, n, flags, from, length); }
SHIM int __poll_chk(struct pollfd *fds, nfds_t n, int timeout, size_t room) { CHECK(n, room / sizeof *fds); return poll(fds, n, timeout); }
SHIM int __ppoll_chk(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask, size_t room) { CHECK(n, room / sizeof *fds); return ppoll(fds, n, timeout, mask); }

// PATH_MAX bytes are what getwd writes at most.
SHIM char *__getwd_chk(char *to, size_t room)
{
	char path[PATH_MAX];
	if (!getcwd(path, sizeof path))
		return NULL;
	CHECK(strlen(path) + 1, room);
	return strcpy(to, path);
}

SHIM long __fdelt_chk(long fd)
{
	if (fd < 0 || fd >= FD_SETSIZE)
		overflow();
	return fd / (long)(8 * sizeof(long));
}
SHIM long __fdelt_warn(long fd) { return __fdelt_chk(fd); }

// An open that may create a file needs a mode; these are the calls that have none.
static void refuse_create(int flags)
{
	if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE)
		overflow();
}
SHIM int __open_2(const char *path, int flags) { refuse_create(flags); return open(path, flags); }
SHIM int __open64_2(const char *path, int flags) { refuse_create(flags); return open(path, flags); }
SHIM int __openat_2(int fd, const char *path, int flags) { refuse_create(flags); return openat(fd, path, flags); }
SHIM int __openat64_2(int fd, const char *path, int flags) { refuse_create(flags); return openat(fd, path, flags); }

SHIM __attribute__((noreturn)) void __chk_fail(void) { overflow(); }
SHIM __attribute__((noreturn)) void __fortify_fail(const char *text) { overflow(); }
