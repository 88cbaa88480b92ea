#define _GNU_SOURCE
#include "shim.h"
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

// The same moment by the wall clock.
static struct timespec by_wall_clock(clockid_t clock, const struct timespec *deadline)
{
	struct timespec own, wall, result;
	if (clock == CLOCK_REALTIME)
		return *deadline;
	clock_gettime(clock, &own);
	clock_gettime(CLOCK_REALTIME, &wall);
	result.tv_sec = deadline->tv_sec - own.tv_sec + wall.tv_sec;
	result.tv_nsec = deadline->tv_nsec - own.tv_nsec + wall.tv_nsec;
	while (result.tv_nsec < 0) {
		result.tv_nsec += 1000000000;
		result.tv_sec--;
	}
	while (result.tv_nsec >= 1000000000) {
		result.tv_nsec -= 1000000000;
		result.tv_sec++;
	}
	return result;
}

static int known(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC; }

SHIM int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
                                const struct timespec *deadline)
{
	if (!known(clock))
		return EINVAL;
	struct timespec wall = by_wall_clock(clock, deadline);
	return pthread_cond_timedwait(condition, mutex, &wall);
}

SHIM int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *deadline)
{
	if (!known(clock)) {
		errno = EINVAL;
		return -1;
	}
	struct timespec wall = by_wall_clock(clock, deadline);
	return sem_timedwait(semaphore, &wall);
}
