// SPDX-License-Identifier: GPL-2.0-only
/* repo_write_tree(): libgit2's own keeps empty directories and knows no clashes. */
#include "repo_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "repo_priv.h"

/* An entry of the tree to be; mode 0: none. */
struct entry {
	char *name;
	unsigned int mode;
	git_oid oid;
};

struct writer {
	struct repo *repo;
	const struct new_file **files; /* sorted, '/' before all else */
	bool may_clash;
	const struct new_file *clash;
	struct err *err;
};

static int by_path(const void *a, const void *b)
{
	const char *p = (*(const struct new_file *const *)a)->path;
	const char *q = (*(const struct new_file *const *)b)->path;

	while (*p && *p == *q)
		p++, q++;
	if (*p && *q && (*p == '/' || *q == '/'))
		return *p == '/' ? -1 : 1;
	return (unsigned char)*p - (unsigned char)*q;
}

/* The order of git's trees: as if directories ended in '/'. */
static int by_name(const char *p, bool p_dir, const char *q, bool q_dir)
{
	unsigned char c, d;

	while (*p && *p == *q)
		p++, q++;
	c = *p || !p_dir ? (unsigned char)*p : '/';
	d = *q || !q_dir ? (unsigned char)*q : '/';
	return c - d;
}

static int by_entry(const void *a, const void *b)
{
	const struct entry *p = a, *q = b;

	return by_name(p->name, p->mode == MODE_DIR, q->name, q->mode == MODE_DIR);
}

static int by_plain_name(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static void add_entry(struct buf *out, const char *name, unsigned int mode, const git_oid *oid)
{
	buf_addf(out, "%o %s", mode, name);
	buf_addc(out, '\0');
	buf_add(out, oid->id, GIT_OID_RAWSZ);
}

static const struct entry *changed(const struct entry *entries, size_t n, const char *name)
{
	struct entry key = { .name = (char *)name };

	return n ? bsearch(&key, entries, n, sizeof(*entries), by_plain_name) : NULL;
}

/* The bytes of a tree: OLD's (or NULL) entries but for those in ENTRIES, and these. */
static void tree_bytes(const git_tree *old, struct entry *entries, size_t n, struct buf *out)
{
	size_t n_old = old ? git_tree_entrycount(old) : 0, next = 0;
	struct entry *sorted = xmemdup(entries, n * sizeof(*entries));

	qsort(sorted, n, sizeof(*sorted), by_entry);
	for (size_t i = 0; i <= n_old; i++) {
		const git_tree_entry *e = i < n_old ? git_tree_entry_byindex(old, i) : NULL;
		const char *name = e ? git_tree_entry_name(e) : NULL;
		unsigned int mode = e ? git_tree_entry_filemode(e) : 0;

		if (e && changed(entries, n, name))
			continue;
		for (; next < n && (!e || by_name(sorted[next].name, sorted[next].mode == MODE_DIR,
						  name, mode == MODE_DIR) < 0);
		     next++)
			if (sorted[next].mode)
				add_entry(out, sorted[next].name, sorted[next].mode,
					  &sorted[next].oid);
		if (e)
			add_entry(out, name, mode, git_tree_entry_id(e));
	}
	free(sorted);
}

static int clash(struct writer *w, const struct new_file *file, const char *why)
{
	w->clash = file;
	if (!w->may_clash)
		return err_set(w->err, "cannot write %s: %s", file->path, why);
	err_status(w->err, STATUS_OK, "%s", why);
	return 1;
}

static int write_dir(struct writer *w, const struct entry *old, size_t from, size_t to,
		     size_t depth, struct entry *out);

static int set_file(struct writer *w, const struct new_file *file, struct entry *e)
{
	if (file->gone) {
		if (!e->mode || e->mode == MODE_DIR)
			return err_set(w->err, "%s is not there to be taken out", file->path);
		e->mode = 0;
		return 0;
	}
	if (e->mode == MODE_DIR)
		return clash(w, file, "a directory of that name is there");
	if (file->mode || !e->mode)
		e->mode = file->mode ? file->mode : MODE_FILE | 0644;
	if (file->p)
		return write_object(w->repo, GIT_OBJECT_BLOB, file->p, file->len, &e->oid, w->err);
	if (git_oid_fromstr(&e->oid, file->blob))
		return err_set(w->err, "not an object id: %s", file->blob);
	return 0;
}

/* All files from FROM to TO begin with the same component, at DEPTH. */
static int change_entry(struct writer *w, struct entry *e, size_t from, size_t to, size_t depth)
{
	size_t len = strlen(e->name);
	const struct new_file *self = w->files[from]->path[depth + len] ? NULL : w->files[from];
	struct entry below = *e;
	int rc;

	if (self)
		from++;
	if (self && self->gone && (rc = set_file(w, self, e)))
		return rc;
	if (from < to) {
		if (e->mode && e->mode != MODE_DIR)
			return clash(w, w->files[from], "what stands above it is not a directory");
		if ((rc = write_dir(w, e->mode ? &below : NULL, from, to, depth + len + 1, e)))
			return rc;
	}
	return self && !self->gone ? set_file(w, self, e) : 0;
}

static void find_old(const git_tree *tree, struct entry *e)
{
	const git_tree_entry *old = tree ? git_tree_entry_byname(tree, e->name) : NULL;

	if (old) {
		e->mode = git_tree_entry_filemode(old);
		git_oid_cpy(&e->oid, git_tree_entry_id(old));
	}
}

static int change_entries(struct writer *w, const git_tree *tree, size_t from, size_t to,
			  size_t depth, struct entry *entries, size_t *n)
{
	int rc = 0;

	for (size_t next; !rc && from < to; from = next) {
		const char *name = w->files[from]->path + depth;
		size_t len = strcspn(name, "/");
		struct entry *e = &entries[(*n)++];

		for (next = from + 1; next < to; next++)
			if (strncmp(w->files[next]->path + depth, name, len) ||
			    (w->files[next]->path[depth + len] &&
			     w->files[next]->path[depth + len] != '/'))
				break;
		*e = (struct entry){ .name = xstrndup(name, len) };
		find_old(tree, e);
		rc = change_entry(w, e, from, next, depth);
	}
	return rc;
}

/* Write a directory with the files from FROM to TO; mode 0: nothing is left in it. */
static int write_dir(struct writer *w, const struct entry *old, size_t from, size_t to,
		     size_t depth, struct entry *out)
{
	struct entry *entries = xcalloc(to - from, sizeof(*entries));
	struct buf bytes = BUF_INIT;
	git_tree *tree = NULL;
	char hex[OID_HEX];
	size_t n = 0;
	int rc = 0;

	if (old)
		rc = find_tree(w->repo, git_oid_tostr(hex, sizeof(hex), &old->oid), &tree, w->err);
	if (!rc)
		rc = change_entries(w, tree, from, to, depth, entries, &n);
	if (!rc) {
		qsort(entries, n, sizeof(*entries), by_plain_name);
		tree_bytes(tree, entries, n, &bytes);
		out->mode = bytes.len ? MODE_DIR : 0;
		if (bytes.len || !depth)
			rc = write_object(w->repo, GIT_OBJECT_TREE, bytes.len ? bytes.p : "",
					  bytes.len, &out->oid, w->err);
	}
	for (size_t i = 0; i < n; i++)
		free(entries[i].name);
	free(entries);
	buf_release(&bytes);
	git_tree_free(tree);
	return rc;
}

static int sort_files(struct writer *w, const struct new_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		w->files[i] = &files[i];
		if (!diff_path_ok(files[i].path))
			return err_set(w->err, "refused file name '%s'", files[i].path);
	}
	qsort(w->files, n, sizeof(*w->files), by_path);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(w->files[i - 1]->path, w->files[i]->path))
			return err_set(w->err, "%s is named twice", w->files[i]->path);
	return 0;
}

int repo_write_tree(struct repo *repo, const char *tree, const struct new_file *files, size_t n,
		    char out[OID_HEX], size_t *at, struct err *err)
{
	struct writer w = { repo, xcalloc(n, sizeof(*w.files)), at != NULL, NULL, err };
	struct entry root = { .mode = MODE_DIR };
	int rc = sort_files(&w, files, n);

	if (!rc && tree && git_oid_fromstr(&root.oid, tree))
		rc = err_set(err, "not an object id: %s", tree);
	if (!rc)
		rc = write_dir(&w, tree ? &root : NULL, 0, n, 0, &root);
	if (!rc)
		git_oid_tostr(out, OID_HEX, &root.oid);
	else if (rc > 0)
		*at = (size_t)(w.clash - files);
	free(w.files);
	return rc;
}
