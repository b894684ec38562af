// SPDX-License-Identifier: GPL-2.0-only
#include "apply_patch.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "apply_text.h"
#include "base/mem.h"
#include "base/text.h"
#include "repo_write.h"
#include "snapshot.h"

/* What is known of a path while the patch is gone through. */
enum fate {
	UNTOUCHED,
	TO_GO,   /* a later file of the patch takes it away */
	GONE,    /* an earlier one did */
	WRITTEN, /* an earlier one wrote it */
};

struct change;

struct slot {
	const char *path;
	enum fate fate;
	struct change *by; /* the last that wrote it */
	bool taken_out;
};

/* One file of the diff, with what git finds out about it on the way. */
struct change {
	const struct diff_file *file;
	struct slot *from, *to; /* NULL: none */
	enum diff_op op;
	bool maybe_new; /* a plain diff that can be a new file */
	unsigned int old_mode, new_mode;
	char *text; /* owned; NULL: the blob */
	size_t len;
	char blob[OID_HEX];
};

struct patching {
	struct repo *repo;
	const char *tree;
	struct slot *slots; /* sorted by path */
	size_t n_slots;
	struct change *changes;
	size_t n;
	size_t work, text; /* what may still be spent */
	bool moved;
	struct applied *out;
	struct err *err;
};

int patch_refuse(struct applied *out, const struct diff_file *file, const char *fmt, ...)
{
	va_list ap;

	free(out->path);
	free(out->reason);
	va_start(ap, fmt);
	out->reason = xvasprintf(fmt, ap);
	va_end(ap);
	out->path = file ? xstrdup(diff_file_path(file)) : NULL;
	out->line = file ? file->line : 0;
	out->n_hunks = file ? file->n_hunks : 0;
	out->hunk = 0;
	return 1;
}

static int refuse_hunk(struct applied *out, const struct diff_file *file, size_t hunk,
		       const char *reason)
{
	patch_refuse(out, file, "%s", reason);
	out->hunk = hunk;
	if (hunk)
		out->line = file->hunks[hunk - 1].line;
	return 1;
}

static bool bad_mode(unsigned int mode)
{
	return mode && (mode & MODE_TYPE) != MODE_FILE && (mode & MODE_TYPE) != MODE_LINK &&
	       (mode & MODE_TYPE) != MODE_SUBMODULE;
}

static bool has_old_lines(const struct diff_file *f)
{
	for (size_t i = 0; i < f->n_hunks; i++)
		if (f->hunks[i].old_count)
			return true;
	return false;
}

static bool has_new_lines(const struct diff_file *f)
{
	for (size_t i = 0; i < f->n_hunks; i++)
		if (f->hunks[i].new_count)
			return true;
	return false;
}

static bool is_mode_change(const struct diff_file *f)
{
	return f->old_mode && f->new_mode && f->old_mode != f->new_mode;
}

static int check_file(const struct diff_file *f, struct applied *out)
{
	if ((f->old_mode & MODE_TYPE) == MODE_SUBMODULE ||
	    (f->new_mode & MODE_TYPE) == MODE_SUBMODULE)
		return patch_refuse(out, f, "is a submodule, which is not supported");
	if (f->binary)
		return patch_refuse(out, f, "is a binary patch, which is not supported");
	if (f->odd || (!f->old_path && f->op != DIFF_NEW) || (!f->new_path && f->op != DIFF_DELETE))
		return patch_refuse(out, f, "the lines of its header contradict each other");
	if (bad_mode(f->old_mode) || bad_mode(f->new_mode))
		return patch_refuse(out, f, "the mode is not that of a file or a symbolic link");
	if (f->op == DIFF_NEW && has_old_lines(f))
		return patch_refuse(out, f, "is a new file, but the diff has old lines of it");
	if (f->op == DIFF_DELETE && has_new_lines(f))
		return patch_refuse(out, f, "is deleted, but the diff has new lines of it");
	if (f->op == DIFF_CHANGE && !f->n_hunks && !is_mode_change(f))
		return patch_refuse(out, f, "the diff changes nothing in it");
	return 0;
}

int patch_check(const struct diff *diff, struct applied *out)
{
	struct err err = ERR_INIT;

	if (!diff->n)
		return patch_refuse(out, NULL, "there is no diff in it");
	for (size_t i = 0; i < diff->n; i++) {
		const struct diff one = { .files = &diff->files[i], .n = 1 };

		if (diff_check_paths(&one, &err)) {
			patch_refuse(out, &diff->files[i], "%s", err.text);
			err_release(&err);
			return 1;
		}
		if (check_file(&diff->files[i], out))
			return 1;
	}
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct slot *)a)->path, ((const struct slot *)b)->path);
}

static struct slot *slot_of(struct patching *p, const char *path)
{
	struct slot key = { .path = path };

	return path ? bsearch(&key, p->slots, p->n_slots, sizeof(key), by_path) : NULL;
}

static void make_slots(struct patching *p, const struct diff *diff)
{
	size_t n = 0;

	p->slots = xcalloc(2 * diff->n, sizeof(*p->slots));
	for (size_t i = 0; i < diff->n; i++) {
		if (diff->files[i].old_path)
			p->slots[n++].path = diff->files[i].old_path;
		if (diff->files[i].new_path)
			p->slots[n++].path = diff->files[i].new_path;
	}
	qsort(p->slots, n, sizeof(*p->slots), by_path);
	for (size_t i = 0; i < n; i++)
		if (!p->n_slots || strcmp(p->slots[p->n_slots - 1].path, p->slots[i].path) != 0)
			p->slots[p->n_slots++].path = p->slots[i].path;
}

static void make_changes(struct patching *p, const struct diff *diff)
{
	p->changes = xcalloc(diff->n, sizeof(*p->changes));
	p->n = diff->n;
	for (size_t i = 0; i < diff->n; i++) {
		const struct diff_file *f = &diff->files[i];
		struct change *c = &p->changes[i];

		c->file = f;
		c->op = f->op;
		c->from = f->op == DIFF_NEW ? NULL : slot_of(p, f->old_path);
		c->to = f->op == DIFF_DELETE ? NULL : slot_of(p, f->new_path);
		c->maybe_new =
			!f->git && f->op == DIFF_CHANGE && f->n_hunks == 1 && !has_old_lines(f);
		c->old_mode = f->old_mode;
		/* A mode in the index line is only the old one. */
		if (f->op == DIFF_NEW || f->old_mode != f->new_mode)
			c->new_mode = f->new_mode;
		if (f->op == DIFF_DELETE || f->op == DIFF_RENAME)
			c->from->fate = TO_GO;
	}
}

/* The change whose result is the pre-image of this one; NULL: the tree's file is. */
static struct change *previous(const struct change *c)
{
	if (!c->from || c->op == DIFF_RENAME || c->op == DIFF_COPY)
		return NULL;
	return c->from->fate == WRITTEN ? c->from->by : NULL;
}

static const char *kind(unsigned int mode)
{
	switch (mode & MODE_TYPE) {
	case MODE_DIR:
		return "a directory";
	case MODE_LINK:
		return "a symbolic link";
	case MODE_SUBMODULE:
		return "a submodule";
	default:
		return "a file";
	}
}

/* Take what the tree has at the change's old path for its pre-image. */
static int look_up(struct patching *p, struct change *c, unsigned int *mode)
{
	struct tree_entry e;
	int rc = repo_entry(p->repo, p->tree, c->from->path, &e, p->err);

	if (rc < 0)
		return -1;
	if (rc && c->maybe_new) {
		c->op = DIFF_NEW;
		c->from = NULL;
		return 0;
	}
	if (rc)
		return patch_refuse(p->out, c->file, "does not exist");
	if (e.mode == MODE_SUBMODULE || e.mode == MODE_DIR)
		return patch_refuse(p->out, c->file, "is %s here", kind(e.mode));
	*mode = e.mode;
	memcpy(c->blob, e.id, OID_HEX);
	return 0;
}

/* Find the pre-image and see that it is of the right kind. */
static int find_old(struct patching *p, struct change *c)
{
	const struct change *before = previous(c);
	unsigned int mode = 0;
	int rc;

	if (!c->from)
		return 0;
	if (c->from->fate == GONE && c->op != DIFF_RENAME && c->op != DIFF_COPY)
		return patch_refuse(p->out, c->file,
				    "was renamed or deleted further up in the patch");
	if (before)
		mode = before->new_mode;
	else if ((rc = look_up(p, c, &mode)) || !c->from)
		return rc;
	if (!c->old_mode)
		c->old_mode = mode;
	if ((mode ^ c->old_mode) & MODE_TYPE)
		return patch_refuse(p->out, c->file, "is %s here, but %s in the patch", kind(mode),
				    kind(c->old_mode));
	if (!c->new_mode)
		c->new_mode = mode;
	return 0;
}

/* A file that comes into being must not be there, unless this patch takes it away. */
static int check_new(struct patching *p, const struct change *c)
{
	struct tree_entry e;
	int rc;

	if (c->to->fate == TO_GO || c->to->fate == GONE)
		return 0;
	rc = repo_entry(p->repo, p->tree, c->to->path, &e, p->err);
	if (rc < 0)
		return -1;
	if (!rc && e.mode != MODE_DIR)
		return patch_refuse(p->out, c->file, "exists already");
	return 0;
}

static int check_modes(struct patching *p, struct change *c)
{
	if (!c->new_mode)
		c->new_mode = MODE_FILE | 0644;
	if (c->from && c->to && ((c->old_mode ^ c->new_mode) & MODE_TYPE))
		return patch_refuse(p->out, c->file, "becomes %s out of %s without being deleted",
				    kind(c->new_mode), kind(c->old_mode));
	return 0;
}

/* The bytes of the pre-image; BLOB keeps them when they come out of the repository. */
static int read_old(struct patching *p, const struct change *c, struct blob *blob,
		    const char **text, size_t *len)
{
	const struct change *before = previous(c);
	const char *id = before ? before->blob : c->blob;

	*text = "";
	*len = 0;
	if (!c->from)
		return 0;
	if (before && before->text) {
		*text = before->text;
		*len = before->len;
		return 0;
	}
	if (repo_read_blob(p->repo, id, c->from->path, blob, p->err))
		return -1;
	*text = blob->p;
	*len = blob->len;
	if (*len > READER_MAX)
		return patch_refuse(p->out, c->file, "is larger than %zu bytes", READER_MAX);
	return 0;
}

static int keep_text(struct patching *p, struct change *c, struct patched *patched)
{
	c->len = patched->text.len;
	c->text = buf_detach(&patched->text);
	if (c->len > p->text)
		return patch_refuse(p->out, NULL, "makes more than %zu bytes of text",
				    APPLY_MAX_TEXT);
	p->text -= c->len;
	return 0;
}

/* Without hunks nothing needs to be read; what is deleted must come out empty. */
static bool is_as_before(const struct change *c)
{
	return !c->file->n_hunks && c->op != DIFF_NEW && c->op != DIFF_DELETE && !previous(c);
}

static int change_text(struct patching *p, struct change *c)
{
	struct patched patched = PATCHED_INIT;
	struct blob blob = { .handle = NULL };
	const char *text;
	size_t len;
	int rc;

	if (is_as_before(c))
		return 0;
	rc = read_old(p, c, &blob, &text, &len);
	if (!rc && patch_text(c->file, text, len, &p->work, &patched))
		rc = refuse_hunk(p->out, c->file, patched.hunk, patched.reason);
	if (!rc && c->op == DIFF_DELETE && patched.text.len)
		rc = patch_refuse(p->out, c->file, "is deleted, but has more lines than the diff");
	if (!rc)
		rc = keep_text(p, c, &patched);
	p->moved |= patched.moved;
	patched_release(&patched);
	blob_release(&blob);
	return rc;
}

static void note(struct change *c)
{
	if (c->to) {
		c->to->fate = WRITTEN;
		c->to->by = c;
	}
	if (c->op == DIFF_DELETE || c->op == DIFF_RENAME) {
		c->from->fate = GONE;
		c->from->taken_out = true;
	}
}

static int apply_change(struct patching *p, struct change *c)
{
	int rc = find_old(p, c);

	if (!rc && c->to && c->op != DIFF_CHANGE)
		rc = check_new(p, c);
	if (!rc)
		rc = check_modes(p, c);
	if (!rc)
		rc = change_text(p, c);
	if (!rc)
		note(c);
	return rc;
}

static unsigned int tree_mode(unsigned int mode)
{
	if ((mode & MODE_TYPE) == MODE_LINK)
		return MODE_LINK;
	return MODE_FILE | (mode & 0100 ? 0755 : 0644);
}

/* What is written stays, even where the patch also takes the path out. */
static size_t collect(const struct patching *p, struct new_file *files)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_slots; i++) {
		const struct slot *s = &p->slots[i];
		struct new_file *f = &files[n];

		if (!s->by && !s->taken_out)
			continue;
		n++;
		*f = (struct new_file){ .path = s->path, .gone = !s->by };
		if (!s->by)
			continue;
		f->mode = tree_mode(s->by->new_mode);
		f->p = s->by->text;
		f->len = s->by->len;
		f->blob = s->by->blob;
	}
	return n;
}

static const struct diff_file *file_of(const struct patching *p, const char *path)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->changes[i].to && !strcmp(p->changes[i].to->path, path))
			return p->changes[i].file;
	return NULL;
}

static int write_result(struct patching *p)
{
	struct new_file *files = xcalloc(p->n_slots, sizeof(*files));
	size_t n = collect(p, files), clash = 0;
	int rc = repo_write_tree(p->repo, p->tree, files, n, p->out->tree, &clash, p->err);

	if (rc > 0) {
		patch_refuse(p->out, file_of(p, files[clash].path), "cannot be written: %s",
			     p->err->text);
		err_release(p->err);
	}
	free(files);
	return rc;
}

int patch_apply(struct repo *repo, const char *tree, const struct diff *diff, struct applied *out,
		struct err *err)
{
	struct patching p = { .repo = repo, .tree = tree, .out = out, .err = err };
	int rc = 0;

	p.work = APPLY_WORK;
	p.text = APPLY_MAX_TEXT;
	make_slots(&p, diff);
	make_changes(&p, diff);
	for (size_t i = 0; !rc && i < p.n; i++)
		rc = apply_change(&p, &p.changes[i]);
	if (!rc)
		rc = write_result(&p);
	if (!rc)
		out->how = p.moved ? APPLY_MOVED : APPLY_EXACT;
	for (size_t i = 0; i < p.n; i++)
		free(p.changes[i].text);
	free(p.changes);
	free(p.slots);
	return rc;
}
