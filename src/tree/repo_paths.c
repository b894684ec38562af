// SPDX-License-Identifier: GPL-2.0-only
#include "repo_paths.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "repo_priv.h"

/* A component of some paths; a leaf also ends one. */
struct step {
	char *name;
	git_oid last; /* what it was in the last tree */
	bool there;   /* ... if it was there */
	struct step *below;
	size_t n, cap;
	char *blob; /* of a leaf: OID_HEX bytes of the finder's; else NULL */
};

struct path_finder {
	struct repo *repo;
	struct step root;
	char (*blobs)[OID_HEX];
};

static struct step *step_below(struct step *s, const char *name, size_t len)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strncmp(s->below[i].name, name, len) && !s->below[i].name[len])
			return &s->below[i];
	GROW(s->below, s->n, s->cap);
	s->below[s->n] = (struct step){ .name = xstrndup(name, len) };
	return &s->below[s->n++];
}

static void add_path(struct path_finder *f, const char *path, char *blob)
{
	struct step *s = &f->root;

	while (*path) {
		size_t n = strcspn(path, "/");

		s = step_below(s, path, n);
		path += n;
		path += *path == '/';
	}
	s->blob = blob;
}

struct path_finder *path_finder_new(struct repo *repo, const struct strv *paths)
{
	struct path_finder *f = xcalloc(1, sizeof(*f));

	f->repo = repo;
	f->blobs = xcalloc(paths->n, sizeof(*f->blobs));
	for (size_t i = 0; i < paths->n; i++)
		add_path(f, paths->v[i], f->blobs[i]);
	return f;
}

static void step_release(struct step *s)
{
	for (size_t i = 0; i < s->n; i++)
		step_release(&s->below[i]);
	free(s->below);
	free(s->name);
}

void path_finder_free(struct path_finder *f)
{
	step_release(&f->root);
	free(f->blobs);
	free(f);
}

static void gone(struct step *s)
{
	s->there = false;
	if (s->blob)
		*s->blob = '\0';
	for (size_t i = 0; i < s->n; i++)
		gone(&s->below[i]);
}

static int look(struct path_finder *f, struct step *s, const git_oid *oid, struct err *err);

static int look_below(struct path_finder *f, struct step *s, const git_oid *oid, struct err *err)
{
	char hex[OID_HEX];
	git_tree *tree;
	int rc = 0;

	if (find_tree(f->repo, git_oid_tostr(hex, sizeof(hex), oid), &tree, err))
		return -1;
	for (size_t i = 0; !rc && i < s->n; i++) {
		struct step *b = &s->below[i];
		const git_tree_entry *e = git_tree_entry_byname(tree, b->name);
		git_object_t want = b->n ? GIT_OBJECT_TREE : GIT_OBJECT_BLOB;

		if (e && git_tree_entry_type(e) == want)
			rc = look(f, b, git_tree_entry_id(e), err);
		else
			gone(b);
	}
	git_tree_free(tree);
	return rc;
}

static int look(struct path_finder *f, struct step *s, const git_oid *oid, struct err *err)
{
	if (s->there && git_oid_equal(&s->last, oid))
		return 0;
	git_oid_cpy(&s->last, oid);
	s->there = true;
	if (s->blob)
		git_oid_tostr(s->blob, OID_HEX, oid);
	return s->n ? look_below(f, s, oid, err) : 0;
}

int path_finder_look(struct path_finder *f, const char *tree, struct err *err)
{
	git_oid oid;

	if (git_oid_fromstr(&oid, tree))
		return err_set(err, "not an object id: %s", tree);
	return look(f, &f->root, &oid, err);
}

const char *path_finder_blob(const struct path_finder *f, size_t i)
{
	return f->blobs[i];
}
