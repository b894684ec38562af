// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kill a program at its Nth step, for tests of what a later run makes of it:
 *
 *	cc -shared -fPIC -o kill-at.so kill-at.c -ldl
 *	KILL_AT=7 KILL_LOG=FILE LD_PRELOAD=./kill-at.so PROGRAM
 *
 * A step is a call that makes something outside of the program come true: it
 * connects, sends, starts a process, and changes, syncs, renames or removes a
 * file.  The same call several times on end is one step.  The signal comes before
 * the call.  Each step is logged by name, so that a run that is not killed
 * (KILL_AT=0) tells how many there are.  Children are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int kill_at, log_fd = -1, steps;
static pid_t program;

__attribute__((constructor)) static void start(void)
{
	const char *at = getenv("KILL_AT"), *log = getenv("KILL_LOG");

	kill_at = at ? atoi(at) : 0;
	log_fd = log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
	program = getpid();
	unsetenv("LD_PRELOAD");
}

static void step(const char *name)
{
	static const char *last;

	if (getpid() != program || last == name)
		return;
	last = name;
	if (++steps == kill_at)
		kill(program, SIGKILL);
	if (log_fd >= 0)
		dprintf(log_fd, "%d %s\n", steps, name);
}

#define STEP(type, name, params, args)                             \
	type name params                                           \
	{                                                          \
		static const char own_name[] = #name;              \
		static type(*real) params;                         \
                                                                   \
		if (!real)                                         \
			*(void **)&real = dlsym(RTLD_NEXT, #name); \
		step(own_name);                                    \
		return real args;                                  \
	}

STEP(int, connect, (int fd, const struct sockaddr *a, socklen_t n), (fd, a, n))
STEP(pid_t, fork, (void), ())
STEP(int, fdatasync, (int fd), (fd))
STEP(int, fsync, (int fd), (fd))
STEP(int, rename, (const char *from, const char *to), (from, to))
STEP(int, unlink, (const char *path), (path))
