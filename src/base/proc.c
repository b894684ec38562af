// SPDX-License-Identifier: GPL-2.0-only
#include "proc.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cleanup.h"
#include "mem.h"

struct pipes {
	int out[2], err[2], fail[2];
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* RLIMIT_NPROC counts all processes of the user, so it needs to know them. */
static rlim_t count_processes(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *de;
	struct stat st;
	rlim_t n = 0;

	if (!dir)
		return RLIM_INFINITY / 2;
	while ((de = readdir(dir)))
		if (isdigit((unsigned char)de->d_name[0]) &&
		    !fstatat(dirfd(dir), de->d_name, &st, 0) && st.st_uid == getuid())
			n++;
	closedir(dir);
	return n;
}

static void limit(int resource, rlim_t value)
{
	struct rlimit rl = { value, value };

	setrlimit((__rlimit_resource_t)resource, &rl);
}

/* Between fork and exec: async-signal-safe calls only. */
static void __attribute__((noreturn))
child(const struct proc *proc, const struct pipes *p, rlim_t nproc, pid_t parent)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC), e;
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (null < 0 || dup2(null, 0) < 0 || dup2(p->out[1], 1) < 0 || dup2(p->err[1], 2) < 0 ||
	    chdir(proc->cwd))
		goto fail;
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	if (proc->max_memory)
		limit(RLIMIT_AS, proc->max_memory);
	if (proc->max_procs)
		limit(RLIMIT_NPROC, nproc + proc->max_procs);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, proc->timeout_ms / 1000 + 1);
	limit(RLIMIT_FSIZE, 256U << 20);
	execve(proc->argv[0], (char *const *)(uintptr_t)proc->argv,
	       (char *const *)(uintptr_t)proc->env);
fail:
	e = errno;
	if (write(p->fail[1], &e, sizeof(e)) < 0)
		_exit(126);
	_exit(127);
}

/* Take what is there; 0 at the end of the stream, -1 when there is too much. */
static int drain(int fd, struct buf *buf)
{
	char chunk[16384];
	ssize_t n = read(fd, chunk, sizeof(chunk));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? 1 : 0;
	buf_add(buf, chunk, (size_t)n);
	return buf->over ? -1 : n > 0;
}

static enum proc_end collect(const struct proc *proc, struct pipes *p, struct proc_result *res)
{
	struct pollfd fds[2] = {
		{ .fd = p->out[0], .events = POLLIN },
		{ .fd = p->err[0], .events = POLLIN },
	};
	int64_t end = now_ms() + proc->timeout_ms;

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		int64_t left = end - now_ms();

		if (left <= 0)
			return PROC_TIMED_OUT;
		if (poll(fds, 2, (int)left) < 0 && errno != EINTR)
			return PROC_TIMED_OUT;
		for (int i = 0; i < 2; i++) {
			int rc = 1;

			if (fds[i].fd >= 0 && fds[i].revents)
				rc = drain(fds[i].fd, i ? &res->err : &res->out);
			if (rc < 0)
				return PROC_TOO_MUCH_OUTPUT;
			if (!rc)
				fds[i].fd = -1;
		}
	}
	return PROC_EXITED;
}

/*
 * The child may have closed its output and still run: wait until the time is
 * over, then kill it.  The group is killed in any case, its children with it.
 */
static void reap(pid_t pid, const struct proc *proc, int64_t start, struct proc_result *res)
{
	int status = 0;
	siginfo_t info;

	while (res->end == PROC_EXITED) {
		info.si_pid = 0;
		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid)
			break;
		if (now_ms() - start > proc->timeout_ms)
			res->end = PROC_TIMED_OUT;
		usleep(500);
	}
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (res->end != PROC_EXITED)
		return;
	if (WIFSIGNALED(status)) {
		res->end = PROC_SIGNALLED;
		res->code = WTERMSIG(status);
	} else {
		res->code = WEXITSTATUS(status);
	}
}

static void close_pair(int fds[2])
{
	for (int i = 0; i < 2; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

static int start(const struct proc *proc, struct pipes *p, pid_t *pid, struct err *err)
{
	rlim_t nproc = proc->max_procs ? count_processes() : 0;
	pid_t parent = getpid();
	ssize_t n;
	int e;

	cleanup_lock();
	*pid = fork();
	if (!*pid)
		child(proc, p, nproc, parent);
	e = errno;
	if (*pid > 0) {
		setpgid(*pid, *pid);
		cleanup_add_group(*pid);
	}
	cleanup_unlock();
	if (*pid < 0)
		return err_set(err, "cannot start %s: %s", proc->argv[0], strerror(e));
	close(p->out[1]);
	close(p->err[1]);
	close(p->fail[1]);
	p->out[1] = p->err[1] = p->fail[1] = -1;
	n = read(p->fail[0], &e, sizeof(e));
	if (n != sizeof(e))
		return 0;
	waitpid(*pid, NULL, 0);
	cleanup_drop_group(*pid);
	return err_set(err, "cannot start %s: %s", proc->argv[0], strerror(e));
}

int proc_run(const struct proc *proc, struct proc_result *res, struct err *err)
{
	struct pipes p = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	int64_t begin = now_ms();
	int rc = -1;
	pid_t pid;

	buf_clear(&res->out);
	buf_clear(&res->err);
	res->out.max = res->err.max = proc->max_output;
	res->code = 0;
	if (pipe2(p.out, O_CLOEXEC) || pipe2(p.err, O_CLOEXEC) || pipe2(p.fail, O_CLOEXEC)) {
		err_set(err, "cannot make a pipe: %s", strerror(errno));
		goto out;
	}
	if (start(proc, &p, &pid, err))
		goto out;
	res->end = collect(proc, &p, res);
	reap(pid, proc, begin, res);
	cleanup_drop_group(pid);
	cleanup_sweep();
	rc = 0;
out:
	close_pair(p.out);
	close_pair(p.err);
	close_pair(p.fail);
	return rc;
}

char *proc_end_text(const struct proc_result *res)
{
	switch (res->end) {
	case PROC_TIMED_OUT:
		return xstrdup("time-out");
	case PROC_TOO_MUCH_OUTPUT:
		return xstrdup("too much output");
	case PROC_SIGNALLED:
		return xasprintf("killed by signal %d", res->code);
	case PROC_EXITED:
		break;
	}
	return xasprintf("exit status %d", res->code);
}

void proc_result_release(struct proc_result *res)
{
	buf_release(&res->out);
	buf_release(&res->err);
}

char *proc_find(const char *name)
{
	const char *path = getenv("PATH"), *end;

	if (strchr(name, '/'))
		return access(name, X_OK) ? NULL : realpath(name, NULL);
	for (; path && *path; path = *end ? end + 1 : end) {
		char *full;

		end = strchrnul(path, ':');
		if (end == path)
			continue;
		full = xasprintf("%.*s/%s", (int)(end - path), path, name);
		if (*full == '/' && !access(full, X_OK))
			return full;
		free(full);
	}
	return NULL;
}
