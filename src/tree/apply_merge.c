// SPDX-License-Identifier: GPL-2.0-only
#include "apply_merge.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "apply_patch.h"
#include "apply_rename.h"
#include "base/mem.h"
#include "repo_merge.h"
#include "repo_write.h"
#include "snapshot.h"

/* A file in one of the three trees; mode 0: it is not there. */
struct version {
	unsigned int mode;
	char blob[OID_HEX];
};

/* A path, in the tree of the diff's pre-images, in the tree at hand, and patched. */
struct spot {
	const char *path;
	struct version base, ours, theirs;
	const char *ours_to, *theirs_to; /* it was renamed to that; NULL: it was not */
	bool settled;                    /* the result is known */
	struct version result;
};

struct merging {
	struct repo *repo;
	const char *tree;
	char base[OID_HEX];
	struct applied theirs; /* the diff, applied to that */
	struct spot *spots;    /* sorted by path */
	size_t n, cap;
	struct rename_files from, to; /* of one side */
	struct strv names;            /* of files of the tree at hand */
	char **why;
	struct err *err;
};

static int refuse(struct merging *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static int refuse(struct merging *m, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	free(*m->why);
	*m->why = xvasprintf(fmt, ap);
	va_end(ap);
	return 1;
}

static bool is_same(const struct version *a, const struct version *b)
{
	return a->mode == b->mode && (!a->mode || !strcmp(a->blob, b->blob));
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct spot *)a)->path, ((const struct spot *)b)->path);
}

static struct spot *find_spot(struct merging *m, const char *path)
{
	struct spot key = { .path = path };

	return m->n ? bsearch(&key, m->spots, m->n, sizeof(key), by_path) : NULL;
}

static struct spot *add_spot(struct merging *m, const char *path)
{
	GROW(m->spots, m->n, m->cap);
	m->spots[m->n] = (struct spot){ .path = path };
	return &m->spots[m->n++];
}

static void sort_spots(struct merging *m)
{
	size_t n = 0;

	qsort(m->spots, m->n, sizeof(*m->spots), by_path);
	for (size_t i = 0; i < m->n; i++)
		if (!n || strcmp(m->spots[n - 1].path, m->spots[i].path) != 0)
			m->spots[n++] = m->spots[i];
	m->n = n;
}

static void add_names(struct merging *m, const struct diff *diff)
{
	for (size_t i = 0; i < diff->n; i++) {
		if (diff->files[i].old_path)
			add_spot(m, diff->files[i].old_path);
		if (diff->files[i].new_path)
			add_spot(m, diff->files[i].new_path);
	}
	sort_spots(m);
}

static int look_up(struct merging *m, const char *tree, const char *path, struct version *v)
{
	struct tree_entry e;
	int rc = repo_entry(m->repo, tree, path, &e, m->err);

	*v = (struct version){ .mode = 0 };
	if (rc < 0)
		return -1;
	if (!rc && e.mode != MODE_DIR) {
		v->mode = e.mode;
		memcpy(v->blob, e.id, OID_HEX);
	}
	return 0;
}

/* A file without hunks and index line stays as it is in the tree at hand. */
static int current_blob(struct merging *m, const struct diff_file *f, struct version *v)
{
	if (look_up(m, m->tree, f->old_path, v))
		return -1;
	if (!v->mode)
		return refuse(m, "%s does not exist", f->old_path);
	return 0;
}

/* The pre-image of a file that is not new. */
static int base_version(struct merging *m, const struct diff_file *f, struct version *v)
{
	int rc = 1;

	if (*f->old_blob)
		rc = repo_find_blob(m->repo, f->old_blob, v->blob, m->err);
	if (rc < 0)
		return -1;
	if (rc && !f->n_hunks && f->old_path)
		rc = current_blob(m, f, v);
	else if (rc == 2)
		rc = refuse(m, "%s is the beginning of several blobs (for %s)", f->old_blob,
			    diff_file_path(f));
	else if (rc && *f->old_blob)
		rc = refuse(m, "the repository lacks blob %s of %s", f->old_blob,
			    diff_file_path(f));
	else if (rc)
		rc = refuse(m, "the diff has no index line for %s", diff_file_path(f));
	v->mode = MODE_FILE | (f->old_mode & 0100 ? 0755 : 0644);
	if ((f->old_mode & MODE_TYPE) == MODE_LINK)
		v->mode = MODE_LINK;
	return rc;
}

static int write_base(struct merging *m)
{
	struct new_file *files = xcalloc(m->n, sizeof(*files));
	size_t n = 0, clash;
	int rc;

	for (size_t i = 0; i < m->n; i++)
		if (m->spots[i].base.mode)
			files[n++] = (struct new_file){ .path = m->spots[i].path,
							.mode = m->spots[i].base.mode,
							.blob = m->spots[i].base.blob };
	rc = repo_write_tree(m->repo, NULL, files, n, m->base, &clash, m->err);
	if (rc > 0) {
		refuse(m, "the files of its index lines do not go together: %s: %s",
		       files[clash].path, m->err->text);
		err_release(m->err);
	}
	free(files);
	return rc;
}

/* The tree of the diff's pre-images, nothing else in it. */
static int make_base(struct merging *m, const struct diff *diff)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < diff->n; i++) {
		const struct diff_file *f = &diff->files[i];
		struct version v;

		if (f->op == DIFF_NEW)
			continue;
		rc = base_version(m, f, &v);
		if (!rc)
			find_spot(m, f->old_path)->base = v;
	}
	return rc ? rc : write_base(m);
}

static int make_theirs(struct merging *m, const struct diff *diff)
{
	int rc = patch_apply(m->repo, m->base, diff, &m->theirs, m->err);

	if (rc > 0)
		refuse(m, "it does not apply to the blobs of its index lines: %s%s%s",
		       m->theirs.path ? m->theirs.path : "", m->theirs.path ? ": " : "",
		       m->theirs.reason);
	return rc;
}

static int read_sides(struct merging *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct spot *s = &m->spots[i];

		if (look_up(m, m->tree, s->path, &s->ours) ||
		    look_up(m, m->theirs.tree, s->path, &s->theirs))
			return -1;
	}
	return 0;
}

static void add_file(struct rename_files *files, const char *path, const struct version *v)
{
	GROW(files->v, files->n, files->cap);
	files->v[files->n] = (struct rename_file){ .path = path, .mode = v->mode };
	memcpy(files->v[files->n++].blob, v->blob, OID_HEX);
}

/* What went on one side; what came on theirs. */
static void list_files(struct merging *m, bool ours)
{
	m->from.n = m->to.n = 0;
	for (size_t i = 0; i < m->n; i++) {
		const struct spot *s = &m->spots[i];

		if (s->base.mode && !(ours ? s->ours : s->theirs).mode)
			add_file(&m->from, s->path, &s->base);
		if (!ours && !s->base.mode && s->theirs.mode)
			add_file(&m->to, s->path, &s->theirs);
	}
}

static void their_renames(struct merging *m)
{
	for (size_t i = 0; i < m->from.n; i++) {
		const struct rename_file *other = m->from.v[i].other;

		if (other)
			find_spot(m, m->from.v[i].path)->theirs_to = other->path;
	}
}

static void add_ours(void *ctx, const struct tree_file *f)
{
	struct merging *m = ctx;
	struct version v = { .mode = f->mode };
	const struct spot *s = find_spot(m, f->path);

	if (s && s->base.mode)
		return;
	memcpy(v.blob, f->blob, OID_HEX);
	strv_add(&m->names, f->path);
	add_file(&m->to, m->names.v[m->names.n - 1], &v);
}

static int our_renames(struct merging *m)
{
	size_t n = m->n;

	for (size_t i = 0; i < m->from.n; i++)
		if (m->from.v[i].other)
			find_spot(m, m->from.v[i].path)->ours_to = m->from.v[i].other->path;
	for (size_t i = 0; i < n; i++) {
		const char *to = m->spots[i].ours_to;
		struct spot *s = NULL;

		if (to &&
		    !bsearch(&(struct spot){ .path = to }, m->spots, n, sizeof(*s), by_path)) {
			s = add_spot(m, to);
			if (look_up(m, m->tree, to, &s->ours))
				return -1;
		}
	}
	sort_spots(m);
	return 0;
}

static int find_renames(struct merging *m)
{
	list_files(m, false);
	if (m->from.n && m->to.n) {
		if (rename_find(m->repo, &m->from, &m->to, m->err))
			return -1;
		their_renames(m);
	}
	list_files(m, true);
	if (!m->from.n)
		return 0;
	if (repo_walk_all(m->repo, m->tree, add_ours, m, m->err) ||
	    rename_find(m->repo, &m->from, &m->to, m->err))
		return -1;
	return our_renames(m);
}

/* The changes from O (or nothing) to A and to B, made to one file. */
static int merge_versions(struct merging *m, const char *path, const struct version *o,
			  const struct version *a, const struct version *b, struct version *out)
{
	struct version v = *b;
	bool a_same = o->mode && !strcmp(a->blob, o->blob);
	bool b_same = o->mode && !strcmp(b->blob, o->blob);
	int rc = 0;

	if (a->mode != b->mode && a->mode != o->mode) {
		v.mode = a->mode;
		if (b->mode != o->mode)
			return refuse(m, "conflicting modes of %s", path);
	}
	if ((a->mode ^ b->mode) & MODE_TYPE)
		return refuse(m, "%s is a file on one side, a symbolic link on the other", path);
	if (b_same && !a_same)
		memcpy(v.blob, a->blob, OID_HEX);
	else if (!a_same && strcmp(a->blob, b->blob) != 0)
		rc = (a->mode & MODE_TYPE) != MODE_FILE
			     ? 1
			     : repo_merge_blobs(m->repo, o->mode ? o->blob : NULL, a->blob, b->blob,
						READER_MAX, v.blob, m->err);
	if (rc > 0)
		refuse(m, "conflicting changes in %s", path);
	*out = v;
	return rc;
}

/*
 * S was renamed on one side to T, as RENAMED there, and is STAYED on the other
 * side, which perhaps has something of its own, ADDED, in T's place.
 */
static int settle_rename(struct merging *m, struct spot *s, struct spot *t, bool by_us)
{
	const struct version *renamed = by_us ? &t->ours : &t->theirs;
	const struct version *stayed = by_us ? &s->theirs : &s->ours;
	const struct version *added = by_us ? &t->theirs : &t->ours;
	const struct version none = { .mode = 0 };
	struct version v;
	int rc;

	if (!stayed->mode)
		return refuse(m, "%s is renamed to %s on one side and deleted on the other",
			      s->path, t->path);
	if (is_same(renamed, added)) {
		t->result = *renamed;
		return 0;
	}
	rc = by_us ? merge_versions(m, t->path, &s->base, renamed, stayed, &v)
		   : merge_versions(m, t->path, &s->base, stayed, renamed, &v);
	if (!rc && added->mode)
		rc = merge_versions(m, t->path, &none, added, &v, &v);
	if (!rc)
		t->result = v;
	return rc;
}

static int settle_source(struct merging *m, struct spot *s)
{
	struct spot *t = find_spot(m, s->ours_to ? s->ours_to : s->theirs_to);
	int rc;

	if (s->ours_to && s->theirs_to && strcmp(s->ours_to, s->theirs_to) != 0)
		return refuse(m, "%s is renamed to %s here and to %s by the patch", s->path,
			      s->ours_to, s->theirs_to);
	if (t->settled)
		return refuse(m, "two files are renamed to %s", t->path);
	if (s->ours_to && s->theirs_to)
		rc = merge_versions(m, t->path, &s->base, &t->ours, &t->theirs, &t->result);
	else
		rc = settle_rename(m, s, t, s->ours_to != NULL);
	s->settled = t->settled = true;
	return rc;
}

static int settle(struct merging *m, struct spot *s)
{
	if (is_same(&s->ours, &s->theirs) || is_same(&s->base, &s->theirs)) {
		s->result = s->ours;
		return 0;
	}
	if (is_same(&s->base, &s->ours)) {
		s->result = s->theirs;
		return 0;
	}
	if (!s->ours.mode)
		return refuse(m, "%s is deleted here and changed by the patch", s->path);
	if (!s->theirs.mode)
		return refuse(m, "%s is changed here and deleted by the patch", s->path);
	if (!s->base.mode && (s->ours.mode & MODE_TYPE) == MODE_SUBMODULE)
		return refuse(m, "%s is a submodule here", s->path);
	return merge_versions(m, s->path, &s->base, &s->ours, &s->theirs, &s->result);
}

static int settle_all(struct merging *m)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < m->n; i++)
		if (m->spots[i].ours_to || m->spots[i].theirs_to)
			rc = settle_source(m, &m->spots[i]);
	for (size_t i = 0; !rc && i < m->n; i++)
		if (!m->spots[i].settled)
			rc = settle(m, &m->spots[i]);
	return rc;
}

static int write_merged(struct merging *m, struct applied *out)
{
	struct new_file *files = xcalloc(m->n, sizeof(*files));
	size_t n = 0, clash;
	int rc;

	for (size_t i = 0; i < m->n; i++) {
		const struct spot *s = &m->spots[i];

		if (!is_same(&s->result, &s->ours))
			files[n++] = (struct new_file){ .path = s->path,
							.mode = s->result.mode,
							.blob = s->result.blob,
							.gone = !s->result.mode };
	}
	rc = repo_write_tree(m->repo, m->tree, files, n, out->tree, &clash, m->err);
	if (rc > 0) {
		refuse(m, "cannot write %s: %s", files[clash].path, m->err->text);
		err_release(m->err);
	}
	if (!rc)
		out->how = strcmp(out->tree, m->tree) != 0 ? APPLY_MERGED : APPLY_ALREADY;
	free(files);
	return rc;
}

static void merging_release(struct merging *m)
{
	applied_release(&m->theirs);
	free(m->spots);
	free(m->from.v);
	free(m->to.v);
	strv_release(&m->names);
}

int merge_apply(struct repo *repo, const char *tree, const struct diff *diff, struct applied *out,
		char **why, struct err *err)
{
	struct merging m = { .repo = repo, .tree = tree, .why = why, .err = err };
	int rc;

	add_names(&m, diff);
	rc = make_base(&m, diff);
	if (!rc)
		rc = make_theirs(&m, diff);
	if (!rc)
		rc = read_sides(&m);
	if (!rc)
		rc = find_renames(&m);
	if (!rc)
		rc = settle_all(&m);
	if (!rc)
		rc = write_merged(&m, out);
	merging_release(&m);
	return rc;
}
