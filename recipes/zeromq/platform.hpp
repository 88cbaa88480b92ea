/* What configure finds out on Linux with musl. */
#ifndef __ZMQ_PLATFORM_HPP_INCLUDED__
#define __ZMQ_PLATFORM_HPP_INCLUDED__
#define ZMQ_HAVE_LINUX
#define ZMQ_USE_CV_IMPL_STL11
#define ZMQ_IOTHREAD_POLLER_USE_EPOLL
#define ZMQ_IOTHREAD_POLLER_USE_EPOLL_CLOEXEC
#define ZMQ_POLL_BASED_ON_POLL
#define ZMQ_CACHELINE_SIZE 64
#define HAVE_FORK
#define HAVE_CLOCK_GETTIME
#define HAVE_MKDTEMP
#define HAVE_ACCEPT4
#define HAVE_STRNLEN
#define HAVE_IF_NAMETOINDEX
#define ZMQ_HAVE_UIO
#define ZMQ_HAVE_NOEXCEPT
#define ZMQ_HAVE_EVENTFD
#define ZMQ_HAVE_EVENTFD_CLOEXEC
#define ZMQ_HAVE_IFADDRS
#define ZMQ_HAVE_SO_BINDTODEVICE
#define ZMQ_HAVE_SO_PEERCRED
#define ZMQ_HAVE_O_CLOEXEC
#define ZMQ_HAVE_SOCK_CLOEXEC
#define ZMQ_HAVE_SO_KEEPALIVE
#define ZMQ_HAVE_SO_PRIORITY
#define ZMQ_HAVE_TCP_KEEPCNT
#define ZMQ_HAVE_TCP_KEEPIDLE
#define ZMQ_HAVE_TCP_KEEPINTVL
#define ZMQ_HAVE_STRLCPY
#define ZMQ_HAVE_PTHREAD_SETNAME_2
#define ZMQ_HAVE_IPC
#define ZMQ_HAVE_CURVE
#define ZMQ_USE_TWEETNACL

#ifdef __cplusplus
/* In place of secure_allocator.hpp, whose allocator becomes another type when a container rebinds it: libc++ refuses that. */
#define __ZMQ_SECURE_ALLOCATOR_HPP_INCLUDED__
#include <memory>
namespace zmq
{
template <typename T> struct secure_allocator_t : std::allocator<T> {
  secure_allocator_t() = default;
  template <class U> secure_allocator_t(const secure_allocator_t<U> &) noexcept {}
  template <class U> struct rebind {
    typedef secure_allocator_t<U> other;
  };
};
}
#endif
#endif
