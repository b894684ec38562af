// SPDX-License-Identifier: GPL-2.0-only
#include "repo_diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "repo_priv.h"

struct changes {
	struct line_change *v;
	size_t n, cap;
};

static int add_change(const git_diff_delta *delta, const git_diff_hunk *hunk, void *payload)
{
	struct changes *c = payload;

	(void)delta;
	GROW(c->v, c->n, c->cap);
	c->v[c->n++] = (struct line_change){
		hunk->old_start + !hunk->old_lines,
		hunk->old_lines,
		hunk->new_start + !hunk->new_lines,
		hunk->new_lines,
	};
	return 0;
}

int text_changes(const char *old, size_t old_len, const char *new, size_t new_len,
		 struct line_change **changes, size_t *n, struct err *err)
{
	struct changes c = { NULL, 0, 0 };
	git_diff_options options;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.context_lines = 0;
	options.interhunk_lines = 0;
	options.flags = GIT_DIFF_FORCE_TEXT;
	if (git_diff_buffers(old, old_len, NULL, new, new_len, NULL, &options, NULL, NULL,
			     add_change, NULL, &c)) {
		free(c.v);
		return git_err(err, "cannot compare two texts");
	}
	*changes = c.v;
	*n = c.n;
	return 0;
}

static int print_diff(git_diff *diff, struct buf *stat, struct buf *patch)
{
	git_buf text = GIT_BUF_INIT;
	git_diff_stats *stats = NULL;
	int rc = git_diff_to_buf(&text, diff, GIT_DIFF_FORMAT_PATCH);

	if (!rc)
		buf_add(patch, text.ptr, text.size);
	git_buf_dispose(&text);
	if (!rc)
		rc = git_diff_get_stats(&stats, diff);
	if (!rc)
		rc = git_diff_stats_to_buf(
			&text, stats, GIT_DIFF_STATS_FULL | GIT_DIFF_STATS_INCLUDE_SUMMARY, 72);
	if (!rc)
		buf_add(stat, text.ptr, text.size);
	git_diff_stats_free(stats);
	git_buf_dispose(&text);
	return rc;
}

/* NULL for the empty tree, which libgit2 takes for one. */
static int find_or_empty(struct repo *repo, const char *hex, git_tree **out, struct err *err)
{
	*out = NULL;
	return strcmp(hex, REPO_EMPTY_TREE) ? find_tree(repo, hex, out, err) : 0;
}

static bool is_file(const git_diff_file *file)
{
	return file->mode == GIT_FILEMODE_BLOB || file->mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

/* A search for renames failed: most often a partial clone lacks what it reads. */
static int tell_unread(struct repo *repo, git_diff *diff, struct err *err)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		bool added = delta->status == GIT_DELTA_ADDED;
		const git_diff_file *file = added ? &delta->new_file : &delta->old_file;
		char hex[OID_HEX];
		struct blob blob;

		if ((!added && delta->status != GIT_DELTA_DELETED) || !is_file(file))
			continue;
		git_oid_tostr(hex, sizeof(hex), &file->id);
		if (repo_read_blob(repo, hex, file->path, &blob, err))
			return -1;
		blob_release(&blob);
	}
	return err_set(err, "cannot look for renamed files");
}

/* Both trees, compared, with renames. */
static int diff_found(struct repo *repo, git_tree *old, git_tree *new, git_diff **diff,
		      struct err *err)
{
	struct strv paths = STRV_INIT;
	git_diff_options options;
	int rc = 0;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.id_abbrev = 12;
	if (old && new) {
		rc = changed_paths(repo, old, new, &paths, err);
		options.flags |= GIT_DIFF_DISABLE_PATHSPEC_MATCH;
		options.pathspec.strings = paths.v;
		options.pathspec.count = paths.n;
		/* No path would stand for all of them. */
		if (!paths.n)
			old = new = NULL;
	}
	if (!rc && git_diff_tree_to_tree(diff, repo->git, old, new, &options))
		rc = git_err(err, "cannot compare two trees");
	else if (!rc && git_diff_find_similar(*diff, NULL))
		rc = tell_unread(repo, *diff, err);
	strv_release(&paths);
	return rc;
}

static int diff_trees(struct repo *repo, const char *old_tree, const char *new_tree,
		      git_diff **diff, struct err *err)
{
	git_tree *old = NULL, *new = NULL;
	int rc = -1;

	if (!find_or_empty(repo, old_tree, &old, err) && !find_or_empty(repo, new_tree, &new, err))
		rc = diff_found(repo, old, new, diff, err);
	git_tree_free(old);
	git_tree_free(new);
	return rc;
}

int repo_diff_trees(struct repo *repo, const char *old_tree, const char *new_tree, struct buf *stat,
		    struct buf *patch, struct err *err)
{
	git_diff *diff = NULL;
	int rc = diff_trees(repo, old_tree, new_tree, &diff, err);

	if (!rc && print_diff(diff, stat, patch))
		rc = git_err(err, "cannot print the difference of two trees");
	git_diff_free(diff);
	return rc;
}

static void add_delta(struct file_changes *out, const git_diff_delta *delta)
{
	bool old = is_file(&delta->old_file), new = is_file(&delta->new_file);
	struct file_change *c;

	if (!old && !new)
		return;
	GROW(out->v, out->n, out->cap);
	c = &out->v[out->n++];
	*c = (struct file_change){ .old_path = NULL };
	if (old) {
		c->old_path = xstrdup(delta->old_file.path);
		git_oid_tostr(c->old_blob, OID_HEX, &delta->old_file.id);
	}
	if (new) {
		c->new_path = xstrdup(delta->new_file.path);
		git_oid_tostr(c->new_blob, OID_HEX, &delta->new_file.id);
	}
}

int repo_changes(struct repo *repo, const char *old_tree, const char *new_tree,
		 struct file_changes *out, struct err *err)
{
	git_diff *diff = NULL;
	int rc = diff_trees(repo, old_tree, new_tree, &diff, err);

	for (size_t i = 0; !rc && i < git_diff_num_deltas(diff); i++)
		add_delta(out, git_diff_get_delta(diff, i));
	git_diff_free(diff);
	return rc;
}

void file_changes_release(struct file_changes *changes)
{
	for (size_t i = 0; i < changes->n; i++) {
		free(changes->v[i].old_path);
		free(changes->v[i].new_path);
	}
	free(changes->v);
	*changes = (struct file_changes){ NULL, 0, 0 };
}
