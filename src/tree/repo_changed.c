// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/mem.h"
#include "repo_priv.h"

#define MAX_DEPTH 200 /* directories below each other; deeper trees count as changed whole */

struct walk {
	struct repo *repo;
	struct strv *out;
	struct buf path; /* of the directory that is looked at, with its '/' */
};

static int compare_trees(struct walk *w, const git_tree *old, const git_tree *new, int depth,
			 struct err *err);

static void add(struct walk *w, const char *name)
{
	strv_take(w->out,
		  xasprintf("%.*s%s", (int)w->path.len, w->path.len ? w->path.p : "", name));
}

/* Both have a directory of that name, with other content. */
static int compare_below(struct walk *w, const git_tree_entry *a, const git_tree_entry *b,
			 int depth, struct err *err)
{
	git_tree *old = NULL, *new = NULL;
	size_t len = w->path.len;
	int rc = -1;

	buf_addf(&w->path, "%s/", git_tree_entry_name(a));
	if (git_tree_lookup(&old, w->repo->git, git_tree_entry_id(a)) ||
	    git_tree_lookup(&new, w->repo->git, git_tree_entry_id(b)))
		git_err(err, "cannot read the directory %s", w->path.p);
	else
		rc = compare_trees(w, old, new, depth + 1, err);
	w->path.len = len;
	git_tree_free(old);
	git_tree_free(new);
	return rc;
}

static bool same_entry(const git_tree_entry *a, const git_tree_entry *b)
{
	return git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b) &&
	       git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b));
}

static bool is_dir(const git_tree_entry *e)
{
	return git_tree_entry_type(e) == GIT_OBJECT_TREE;
}

static int compare_trees(struct walk *w, const git_tree *old, const git_tree *new, int depth,
			 struct err *err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < git_tree_entrycount(old); i++) {
		const git_tree_entry *a = git_tree_entry_byindex(old, i);
		const git_tree_entry *b = git_tree_entry_byname(new, git_tree_entry_name(a));

		if (b && same_entry(a, b))
			continue;
		if (b && is_dir(a) && is_dir(b) && depth < MAX_DEPTH)
			rc = compare_below(w, a, b, depth, err);
		else
			add(w, git_tree_entry_name(a));
	}
	for (size_t i = 0; !rc && i < git_tree_entrycount(new); i++) {
		const char *name = git_tree_entry_name(git_tree_entry_byindex(new, i));

		if (!git_tree_entry_byname(old, name))
			add(w, name);
	}
	return rc;
}

int changed_paths(struct repo *repo, const git_tree *old, const git_tree *new, struct strv *out,
		  struct err *err)
{
	struct walk w = { repo, out, BUF_INIT };
	int rc = compare_trees(&w, old, new, 0, err);

	buf_release(&w.path);
	return rc;
}
