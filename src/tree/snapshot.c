// SPDX-License-Identifier: GPL-2.0-only
#include "snapshot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

struct reader {
	const struct snapshot *snap;
	struct repo *repo;
	int root; /* the directory, -1 for a revision */
	struct blob blob;
	struct buf bytes;
};

void snapshot_init_rev(struct snapshot *snap, struct repo *repo, const char *rev,
		       const struct revision *found)
{
	*snap = (struct snapshot){ .rev = xstrdup(rev), .repo = repo, .prefix = xstrdup("") };
	memcpy(snap->commit, found->commit, OID_HEX);
	memcpy(snap->tree, found->tree, OID_HEX);
}

static bool has(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	bool there = !access(path, F_OK);

	free(path);
	return there;
}

static bool is_root(const char *dir)
{
	return has(dir, ".git") || (has(dir, "Kbuild") && has(dir, "MAINTAINERS"));
}

/* Length of the root at the beginning of PATH, or 0 when no parent is one. */
static size_t root_len(char *path)
{
	size_t n = strlen(path);

	for (;;) {
		char saved = path[n];
		bool found;

		path[n] = '\0';
		found = is_root(n ? path : "/");
		path[n] = saved;
		if (found)
			return n;
		while (n && path[--n] != '/')
			;
		if (!n)
			return 0;
	}
}

int snapshot_init_dir(struct snapshot *snap, const char *path, struct err *err)
{
	char *real = realpath(path, NULL);
	struct stat st;
	size_t n;

	*snap = (struct snapshot){ .rev = NULL };
	if (!real || stat(real, &st)) {
		free(real);
		return err_set(err, "cannot read %s: %s", path, strerror(errno));
	}
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)) {
		free(real);
		return err_set(err, "%s is neither a directory nor a regular file", path);
	}
	n = root_len(real);
	if (!n && S_ISDIR(st.st_mode))
		n = strlen(real);
	else if (!n)
		n = (size_t)(strrchr(real, '/') - real);
	snap->root = n ? xstrndup(real, n) : xstrdup("/");
	snap->prefix = xstrdup(real + n + (real[n] == '/'));
	free(real);
	return 0;
}

void snapshot_add(struct snapshot *snap, const char *path, const char *blob)
{
	struct snapshot_file *f;

	GROW(snap->files, snap->n, snap->cap);
	f = &snap->files[snap->n++];
	f->path = xstrdup(path);
	snprintf(f->blob, sizeof(f->blob), "%s", blob);
}

struct listing {
	struct snapshot *snap;
	const struct snapshot_filter *filter;
};

static bool tree_enter(void *ctx, const char *dir)
{
	struct listing *l = ctx;

	return l->filter->dir(l->filter->ctx, dir);
}

static void tree_file(void *ctx, const struct tree_file *f)
{
	struct listing *l = ctx;

	if (l->filter->file(l->filter->ctx, f->path))
		snapshot_add(l->snap, f->path, f->blob);
}

static int list_dir(struct listing *l, int parent, const char *name, struct buf *path, int depth,
		    struct err *err);

static int list_entry(struct listing *l, DIR *dir, struct dirent *de, struct buf *path, int depth,
		      struct err *err)
{
	const struct snapshot_filter *filter = l->filter;
	struct stat st;
	int type = de->d_type;

	if (type == DT_UNKNOWN && !fstatat(dirfd(dir), de->d_name, &st, AT_SYMLINK_NOFOLLOW))
		type = S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : DT_LNK;
	if (type == DT_DIR && strcmp(de->d_name, ".git") != 0 && filter->dir(filter->ctx, path->p))
		return list_dir(l, dirfd(dir), de->d_name, path, depth + 1, err);
	if (type == DT_REG && filter->file(filter->ctx, path->p))
		snapshot_add(l->snap, path->p, "");
	return 0;
}

static int list_dir(struct listing *l, int parent, const char *name, struct buf *path, int depth,
		    struct err *err)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), rc = 0;
	DIR *dir = fd >= 0 && depth < 64 ? fdopendir(fd) : NULL;
	size_t base = path->len;
	struct dirent *de;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return err_set(err, "cannot read the directory %s/%s: %s", l->snap->root, path->p,
			       fd >= 0 ? "nested too deeply" : strerror(errno));
	}
	for (errno = 0; !rc && (de = readdir(dir)); errno = 0) {
		if (!strcmp(de->d_name, ".") || !strcmp(de->d_name, ".."))
			continue;
		if (base)
			buf_addc(path, '/');
		buf_adds(path, de->d_name);
		rc = list_entry(l, dir, de, path, depth, err);
		path->len = base;
		path->p[base] = '\0';
	}
	if (!rc && errno)
		rc = err_set(err, "cannot read the directory %s/%s: %s", l->snap->root, path->p,
			     strerror(errno));
	closedir(dir);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct snapshot_file *)a)->path,
		      ((const struct snapshot_file *)b)->path);
}

/* A directory on disk: the part below the prefix only. */
static int list_disk(struct listing *l, struct err *err)
{
	struct snapshot *snap = l->snap;
	char *full = xasprintf("%s/%s", snap->root, snap->prefix);
	struct buf path = BUF_INIT;
	struct stat st;
	int rc = 0;

	buf_adds(&path, snap->prefix);
	if (lstat(full, &st)) {
		rc = err_set(err, "cannot read %s: %s", full, strerror(errno));
	} else if (S_ISREG(st.st_mode)) {
		if (l->filter->file(l->filter->ctx, snap->prefix))
			snapshot_add(snap, snap->prefix, "");
	} else {
		rc = list_dir(l, AT_FDCWD, full, &path, 0, err);
	}
	buf_release(&path);
	free(full);
	return rc;
}

int snapshot_list(struct snapshot *snap, const struct snapshot_filter *filter, struct err *err)
{
	struct listing l = { snap, filter };
	int rc;

	if (snap->repo)
		rc = repo_walk(snap->repo, snap->tree, tree_enter, tree_file, &l, err);
	else
		rc = list_disk(&l, err);
	if (!rc && snap->n)
		qsort(snap->files, snap->n, sizeof(*snap->files), by_path);
	return rc;
}

/* Whether a path below the root leads to a regular file, through directories only. */
static bool is_file(const char *root, const char *path)
{
	char *full = xasprintf("%s/%s", root, path), *p = full + strlen(root) + 1;
	struct stat st;
	bool yes = true;

	for (p = strchr(p, '/'); yes && p; p = strchr(p + 1, '/')) {
		*p = '\0';
		yes = !lstat(full, &st) && S_ISDIR(st.st_mode);
		*p = '/';
	}
	yes = yes && !lstat(full, &st) && S_ISREG(st.st_mode);
	free(full);
	return yes;
}

int snapshot_find(struct snapshot *snap, const char *path, char blob[OID_HEX], struct err *err)
{
	*blob = '\0';
	if (snap->repo)
		return repo_find(snap->repo, snap->tree, path, blob, err);
	return is_file(snap->root, path) ? 0 : 1;
}

void snapshot_release(struct snapshot *snap)
{
	for (size_t i = 0; i < snap->n; i++)
		free(snap->files[i].path);
	free(snap->files);
	free(snap->rev);
	free(snap->root);
	free(snap->prefix);
	*snap = (struct snapshot){ .rev = NULL };
}

int reader_open(struct reader **reader, const struct snapshot *snap, struct err *err)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	r->snap = snap;
	r->bytes = (struct buf)BUF_INIT_MAX(READER_MAX);
	r->root = -1;
	if (snap->repo) {
		if (repo_dup(&r->repo, snap->repo, err))
			goto fail;
	} else {
		r->root = open(snap->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (r->root < 0) {
			err_set(err, "cannot read %s: %s", snap->root, strerror(errno));
			goto fail;
		}
	}
	*reader = r;
	return 0;
fail:
	free(r);
	return -1;
}

static int read_disk(struct reader *r, const char *path, struct err *err)
{
	int fd = openat(r->root, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	char chunk[65536];
	ssize_t n;

	buf_clear(&r->bytes);
	if (fd < 0)
		return err_set(err, "cannot read %s/%s: %s", r->snap->root, path, strerror(errno));
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, "%s/%s is not a regular file any more", r->snap->root, path);
	}
	while ((n = read(fd, chunk, sizeof(chunk))) > 0 && !r->bytes.over)
		buf_add(&r->bytes, chunk, (size_t)n);
	close(fd);
	if (n < 0)
		return err_set(err, "cannot read %s/%s: %s", r->snap->root, path, strerror(errno));
	if (r->bytes.over)
		return 1;
	buf_add(&r->bytes, "", 0);
	return 0;
}

int reader_read(struct reader *r, const struct snapshot_file *file, const char **p, size_t *len,
		struct err *err)
{
	blob_release(&r->blob);
	if (!r->repo) {
		int rc = read_disk(r, file->path, err);

		*p = r->bytes.p;
		*len = r->bytes.len;
		return rc;
	}
	if (repo_read_blob(r->repo, file->blob, file->path, &r->blob, err))
		return -1;
	if (r->blob.len > READER_MAX)
		return 1;
	*p = r->blob.p;
	*len = r->blob.len;
	return 0;
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	blob_release(&reader->blob);
	buf_release(&reader->bytes);
	if (reader->root >= 0)
		close(reader->root);
	repo_free(reader->repo);
	free(reader);
}
