// SPDX-License-Identifier: GPL-2.0-only
#include "thread_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define MAX_FILE (256u << 20)
#define MONTH (30 * 24 * 3600)
static const char magic[] = "icrfix-thread 1 ";

char *thread_cache_dir(void)
{
	const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (xdg && *xdg == '/')
		return xasprintf("%s/icrfix/threads", xdg);
	if (home && *home == '/')
		return xasprintf("%s/.cache/icrfix/threads", home);
	return NULL;
}

static char *file_name(const char *dir, const char *url)
{
	uint64_t a = 0xcbf29ce484222325u, b = 0x9ae16a3b2f90404fu;

	for (const char *p = url; *p; p++) {
		a = (a ^ (unsigned char)*p) * 0x100000001b3u;
		b = (b ^ (unsigned char)*p) * 0x100000001b3u + a;
	}
	return xasprintf("%s/%016llx%016llx", dir, (unsigned long long)a, (unsigned long long)b);
}

/* The file's content after its first line, which must name the URL. */
static bool split(const struct buf *file, const char *url, struct buf *out)
{
	size_t m = sizeof(magic) - 1, n = strlen(url);

	if (file->len <= m + n || memcmp(file->p, magic, m) || memcmp(file->p + m, url, n) ||
	    file->p[m + n] != '\n')
		return false;
	buf_add(out, file->p + m + n + 1, file->len - m - n - 1);
	return true;
}

bool thread_cache_get(const char *dir, const char *url, long max_age, struct buf *out)
{
	char *name = file_name(dir, url);
	struct buf file = BUF_INIT_MAX(MAX_FILE);
	struct err err = ERR_INIT;
	struct stat st;
	bool found = false;

	if (!lstat(name, &st) && S_ISREG(st.st_mode)) {
		long age = (long)(time(NULL) - st.st_mtime);

		/* A file from the future is as old as one can be. */
		if ((max_age < 0 || (age >= 0 && age < max_age)) &&
		    !buf_read_file(&file, name, &err))
			found = split(&file, url, out);
	}
	err_release(&err);
	buf_release(&file);
	free(name);
	return found;
}

static bool is_ours(const char *name)
{
	size_t n = strspn(name, "0123456789abcdef");

	return n == 32 && (!name[n] || name[n] == '.');
}

static void prune(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;

	while (d && (e = readdir(d)))
		if (is_ours(e->d_name) && !fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) &&
		    time(NULL) - st.st_mtime > MONTH)
			unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
}

void thread_cache_put(const char *dir, const char *url, const void *p, size_t n)
{
	char *name = file_name(dir, url);
	struct buf file = BUF_INIT_MAX(MAX_FILE);
	struct err err = ERR_INIT;

	buf_addf(&file, "%s%s\n", magic, url);
	buf_add(&file, p, n);
	if (!file.over && !make_dirs(dir, &err) && !file_write(name, file.p, file.len, &err))
		prune(dir);
	err_release(&err);
	buf_release(&file);
	free(name);
}
