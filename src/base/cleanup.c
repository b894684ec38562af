// SPDX-License-Identifier: GPL-2.0-only
#include "cleanup.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mem.h"

/*
 * The signals are blocked in every thread but one, which waits for them:
 * clean-up needs more than an async-signal-safe handler may do.
 */
static struct {
	pthread_mutex_t lock;
	pid_t *groups;
	size_t n_groups, cap_groups;
	char **dirs;
	size_t n_dirs, cap_dirs;
} noted = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void *wait_for_signal(void *arg)
{
	sigset_t *set = arg;
	int sig;

	if (sigwait(set, &sig) == 0) {
		cleanup_run();
		_exit(128 + sig);
	}
	return NULL;
}

void cleanup_install(void)
{
	static sigset_t set;
	pthread_t thread;

	mem_at_end(cleanup_run);
	/* A closed pipe is told by write(); the child gets the default back. */
	signal(SIGPIPE, SIG_IGN);
	/* What a child leaves behind becomes ours, see cleanup_sweep(). */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	if (pthread_sigmask(SIG_BLOCK, &set, NULL))
		return;
	if (pthread_create(&thread, NULL, wait_for_signal, &set))
		pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	else
		pthread_detach(thread);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	remove(path);
	return 0;
}

void remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void cleanup_run(void)
{
	/* The lock is kept: who comes later must not start anything new. */
	if (pthread_mutex_trylock(&noted.lock) == EBUSY)
		usleep(10000);
	for (size_t i = 0; i < noted.n_groups; i++)
		kill(-noted.groups[i], SIGKILL);
	for (size_t i = 0; i < noted.n_dirs; i++)
		remove_tree(noted.dirs[i]);
}

void cleanup_add_group(pid_t pgid)
{
	GROW(noted.groups, noted.n_groups, noted.cap_groups);
	noted.groups[noted.n_groups++] = pgid;
}

void cleanup_lock(void)
{
	pthread_mutex_lock(&noted.lock);
}

void cleanup_unlock(void)
{
	pthread_mutex_unlock(&noted.lock);
}

static bool is_noted(pid_t pid)
{
	for (size_t i = 0; i < noted.n_groups; i++)
		if (noted.groups[i] == pid)
			return true;
	return false;
}

/* Kill and reap the children of one thread of ours that nobody waits for. */
static bool sweep_file(FILE *f)
{
	bool any = false;
	int pid;

	while (fscanf(f, "%d", &pid) == 1) {
		if (is_noted(pid))
			continue;
		kill(pid, SIGKILL);
		any = waitpid(pid, NULL, 0) == pid || any;
	}
	return any;
}

void cleanup_sweep(void)
{
	bool again = true;

	cleanup_lock();
	/* The children of a child that was killed are ours only after it. */
	for (int round = 0; again && round < 1000; round++) {
		DIR *tasks = opendir("/proc/self/task");
		struct dirent *de;

		again = false;
		while (tasks && (de = readdir(tasks))) {
			char *path = xasprintf("/proc/self/task/%s/children", de->d_name);
			FILE *f = *de->d_name == '.' ? NULL : fopen(path, "re");

			again = (f && sweep_file(f)) || again;
			if (f)
				fclose(f);
			free(path);
		}
		if (tasks)
			closedir(tasks);
	}
	cleanup_unlock();
}

void cleanup_drop_group(pid_t pgid)
{
	pthread_mutex_lock(&noted.lock);
	for (size_t i = 0; i < noted.n_groups; i++) {
		if (noted.groups[i] == pgid) {
			noted.groups[i] = noted.groups[--noted.n_groups];
			break;
		}
	}
	pthread_mutex_unlock(&noted.lock);
}

int tmpdir_make(char **path, struct err *err)
{
	const char *base = getenv("TMPDIR");
	char *dir = xasprintf("%s/icrfix-XXXXXX", base && *base == '/' ? base : "/tmp");

	if (!mkdtemp(dir)) {
		err_set(err, "cannot make a private directory %s: %s", dir, strerror(errno));
		free(dir);
		return -1;
	}
	pthread_mutex_lock(&noted.lock);
	GROW(noted.dirs, noted.n_dirs, noted.cap_dirs);
	noted.dirs[noted.n_dirs++] = xstrdup(dir);
	pthread_mutex_unlock(&noted.lock);
	*path = dir;
	return 0;
}

void tmpdir_remove(const char *path)
{
	if (!path)
		return;
	remove_tree(path);
	pthread_mutex_lock(&noted.lock);
	for (size_t i = 0; i < noted.n_dirs; i++) {
		if (!strcmp(noted.dirs[i], path)) {
			free(noted.dirs[i]);
			noted.dirs[i] = noted.dirs[--noted.n_dirs];
			break;
		}
	}
	if (!noted.n_dirs) {
		free(noted.dirs);
		noted.dirs = NULL;
		noted.cap_dirs = 0;
	}
	pthread_mutex_unlock(&noted.lock);
}
