// SPDX-License-Identifier: GPL-2.0-only
#include "shell.h"

#include <errno.h>
#include <linux/close_range.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cleanup.h"

/* A file without a name that holds the bytes, to be read from its start; -1. */
static int as_file(const char *p, size_t n)
{
	int fd = memfd_create("icrfix", MFD_CLOEXEC);

	while (fd >= 0 && n) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0) {
			close(fd);
			return -1;
		}
		p += w;
		n -= (size_t)w;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* Between fork and exec: async-signal-safe calls only. */
static void __attribute__((noreturn)) child(const char *command, int input, pid_t parent)
{
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (dup2(input, STDIN_FILENO) < 0)
		_exit(126);
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

/* It is not reaped before its group is killed, so that its number is its own. */
static void wait_for(pid_t pid, struct proc_result *res)
{
	siginfo_t info;
	int status = 0;

	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) && errno == EINTR)
		;
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	res->end = WIFSIGNALED(status) ? PROC_SIGNALLED : PROC_EXITED;
	res->code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

int shell_run(const char *command, const void *input, size_t n, struct proc_result *res,
	      struct err *err)
{
	int fd = as_file(input, n), e;
	pid_t parent = getpid(), pid;

	if (fd < 0)
		return err_set(err, "cannot hand its input to '%s': %s", command, strerror(errno));
	cleanup_lock();
	pid = fork();
	if (!pid)
		child(command, fd, parent);
	e = errno;
	if (pid > 0) {
		setpgid(pid, pid);
		cleanup_add_group(pid);
	}
	cleanup_unlock();
	close(fd);
	if (pid < 0)
		return err_set(err, "cannot start '%s': %s", command, strerror(e));
	wait_for(pid, res);
	cleanup_drop_group(pid);
	cleanup_sweep();
	return 0;
}
