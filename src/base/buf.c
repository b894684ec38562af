// SPDX-License-Identifier: GPL-2.0-only
#include "buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

static void buf_reserve(struct buf *buf, size_t n)
{
	size_t cap = buf->cap ? buf->cap : 64;

	if (buf->p && n < buf->cap - buf->len)
		return;
	while (cap - buf->len <= n)
		cap *= 2;
	buf->p = xreallocarray(buf->p, cap, 1);
	buf->cap = cap;
}

void buf_add(struct buf *buf, const void *p, size_t n)
{
	if (n > buf->max - buf->len) {
		n = buf->max - buf->len;
		buf->over = true;
	}
	buf_reserve(buf, n);
	if (n)
		memcpy(buf->p + buf->len, p, n);
	buf->len += n;
	buf->p[buf->len] = '\0';
}

void buf_adds(struct buf *buf, const char *s)
{
	buf_add(buf, s, strlen(s));
}

void buf_addc(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_addf(struct buf *buf, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	buf_adds(buf, s);
	free(s);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->over = false;
	if (buf->p)
		buf->p[0] = '\0';
}

void buf_release(struct buf *buf)
{
	free(buf->p);
	buf->p = NULL;
	buf->len = buf->cap = 0;
	buf->over = false;
}

char *buf_detach(struct buf *buf)
{
	char *p;

	buf_add(buf, "", 0);
	p = buf->p;
	buf->p = NULL;
	buf->len = buf->cap = 0;
	return p;
}

static int read_all(struct buf *buf, int fd)
{
	char chunk[65536];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		buf_add(buf, chunk, (size_t)n);
		if (buf->over) {
			errno = EFBIG;
			return -1;
		}
	}
	buf_add(buf, "", 0);
	return 0;
}

int buf_read_file(struct buf *buf, const char *path, struct err *err)
{
	bool is_stdin = !strcmp(path, "-");
	struct stat st;
	int fd, rc;

	fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return err_set(err, "cannot open %s: %s", path, strerror(errno));
	if (!is_stdin && (fstat(fd, &st) || !S_ISREG(st.st_mode))) {
		close(fd);
		return err_set(err, "%s is not a regular file", path);
	}
	rc = read_all(buf, fd);
	if (rc)
		err_set(err, "cannot read %s: %s", is_stdin ? "standard input" : path,
			strerror(errno));
	if (!is_stdin)
		close(fd);
	return rc;
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return -1;
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

static int write_error(const char *path, int e, struct err *err)
{
	return err_set(err, "cannot write %s: %s", path, strerror(e));
}

/* A device or pipe is written to, never replaced. */
static int write_special(const char *path, const void *p, size_t n, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), rc, saved;

	if (fd < 0)
		return write_error(path, errno, err);
	rc = write_all(fd, p, n);
	saved = errno;
	if (close(fd) && !rc) {
		saved = errno;
		rc = -1;
	}
	return rc ? write_error(path, saved, err) : 0;
}

/* Fill the file TMP, which is closed in any case, and give it the name PATH. */
static int write_and_rename(int fd, const char *tmp, const char *path, const void *p, size_t n,
			    struct err *err)
{
	mode_t mask = umask(0);
	int saved;

	umask(mask);
	if (write_all(fd, p, n) || fchmod(fd, 0666 & ~mask) || fsync(fd))
		goto fail;
	if (close(fd) || rename(tmp, path)) {
		fd = -1;
		goto fail;
	}
	return 0;
fail:
	saved = errno;
	if (fd >= 0)
		close(fd);
	unlink(tmp);
	return write_error(path, saved, err);
}

static int write_beside(const char *path, const void *p, size_t n, struct err *err)
{
	char *tmp = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(tmp, O_CLOEXEC), rc;

	rc = fd < 0 ? write_error(path, errno, err) : write_and_rename(fd, tmp, path, p, n, err);
	free(tmp);
	return rc;
}

int file_write(const char *path, const void *p, size_t n, struct err *err)
{
	/* What a link points to is written, and the link stays. */
	char *real = realpath(path, NULL);
	const char *to = real ? real : path;
	struct stat st;
	int rc;

	if (!stat(to, &st) && !S_ISREG(st.st_mode))
		rc = write_special(to, p, n, err);
	else
		rc = write_beside(to, p, n, err);
	free(real);
	return rc;
}

int file_write_through(const char *path, const char *tmp, const void *p, size_t n, struct err *err)
{
	int fd;

	unlink(tmp);
	fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	return fd < 0 ? write_error(path, errno, err) : write_and_rename(fd, tmp, path, p, n, err);
}

int make_dirs(const char *path, struct err *err)
{
	char *copy = xstrdup(path);
	struct stat st;
	int rc = 0;

	for (char *p = copy + 1; *p && (p = strchrnul(p, '/')); p++) {
		char saved = *p;

		*p = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			rc = errno;
		*p = saved;
		if (!saved)
			break;
	}
	free(copy);
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return 0;
	return err_set(err, "cannot make the directory %s: %s", path, strerror(rc ? rc : ENOTDIR));
}
