// SPDX-License-Identifier: GPL-2.0-only
#include "repo.h"

#include <git2/sys/repository.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "base/mem.h"
#include "repo_priv.h"

void repo_init(void)
{
	/* Settled by libgit2 itself, but only when named. */
	const char *extensions[] = { "worktreeconfig", "partialclone" };

	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, ARRAY_SIZE(extensions));
	/* Blobs are read once: a cache costs memory, a second SHA-1 costs time. */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)8 << 20);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)96 << 20);
}

void repo_exit(void)
{
	git_libgit2_shutdown();
}

int git_err(struct err *err, const char *fmt, ...)
{
	const git_error *e = git_error_last();
	char *context;
	va_list ap;

	va_start(ap, fmt);
	context = xvasprintf(fmt, ap);
	va_end(ap);
	err_set(err, "%s: %s", context, e && e->message ? e->message : "unknown error");
	free(context);
	return -1;
}

/* libgit2's messages for these are misleading or bare. */
static int open_error(int code, const char *dir, struct err *err)
{
	const git_error *e = git_error_last();
	const char *text = e && e->message ? e->message : "";

	if (code == GIT_EOWNER || strstr(text, "safe.directory"))
		return err_set(err,
			       "the repository at %s belongs to another user; if you trust it: "
			       "git config --global --add safe.directory %s",
			       dir, dir);
	if (code == GIT_ENOTFOUND)
		return err_set(err, "%s is not in a git repository", dir);
	if (strstr(text, "objectformat"))
		return err_set(err,
			       "the repository at %s has sha256 objects, which cannot be read "
			       "yet; use a sha1 clone",
			       dir);
	if (strstr(text, "refstorage"))
		return err_set(err,
			       "the repository at %s keeps its refs in a reftable, which cannot "
			       "be read yet; use a clone with --ref-format=files",
			       dir);
	return git_err(err, "cannot open the repository at %s", dir);
}

int repo_open(struct repo **repo, const char *dir, struct err *err)
{
	git_repository *git;
	struct repo *r;
	const char *name;
	char *real;
	int rc;

	rc = git_repository_open_ext(&git, dir, GIT_REPOSITORY_OPEN_FROM_ENV, NULL);
	if (rc) {
		real = realpath(dir ? dir : ".", NULL);
		open_error(rc, real ? real : ".", err);
		free(real);
		return -1;
	}
	r = xcalloc(1, sizeof(*r));
	r->git = git;
	name = git_repository_workdir(git);
	r->dir = xstrdup(name ? name : git_repository_path(git));
	if (strlen(r->dir) > 1 && r->dir[strlen(r->dir) - 1] == '/')
		r->dir[strlen(r->dir) - 1] = '\0';
	*repo = r;
	return 0;
}

int repo_dup(struct repo **copy, const struct repo *repo, struct err *err)
{
	struct repo *r;
	git_repository *git;

	if (git_repository_open(&git, git_repository_path(repo->git)))
		return git_err(err, "cannot open the repository at %s again", repo->dir);
	/* Objects that are only in memory are seen through the same store alone. */
	if (repo->memory && git_repository_set_odb(git, repo->odb)) {
		git_repository_free(git);
		return git_err(err, "cannot share what was written to memory");
	}
	r = xcalloc(1, sizeof(*r));
	r->git = git;
	r->dir = xstrdup(repo->dir);
	*copy = r;
	return 0;
}

void repo_free(struct repo *repo)
{
	if (!repo)
		return;
	forget_trees(repo);
	free(repo->blobs);
	git_odb_free(repo->odb);
	git_repository_free(repo->git);
	free(repo->dir);
	free(repo);
}

const char *repo_dir(const struct repo *repo)
{
	return repo->dir;
}

bool repo_is_bare(const struct repo *repo)
{
	return git_repository_is_bare(repo->git) == 1;
}

int find_commit(struct repo *repo, const char *hex, git_commit **out, struct err *err)
{
	git_oid oid;

	if (git_oid_fromstr(&oid, hex) || git_commit_lookup(out, repo->git, &oid))
		return git_err(err, "cannot read commit %.12s", hex);
	return 0;
}

void forget_trees(struct repo *repo)
{
	for (size_t i = 0; i < RECENT_TREES; i++) {
		git_tree_free(repo->recent[i]);
		repo->recent[i] = NULL;
	}
}

int find_tree(struct repo *repo, const char *hex, git_tree **out, struct err *err)
{
	git_tree **recent;
	git_oid oid;

	if (git_oid_fromstr(&oid, hex))
		return git_err(err, "cannot read tree %.12s", hex);
	recent = &repo->recent[oid.id[0] % RECENT_TREES];
	if (!*recent || !git_oid_equal(git_tree_id(*recent), &oid)) {
		git_tree_free(*recent);
		*recent = NULL;
		if (git_tree_lookup(recent, repo->git, &oid))
			return git_err(err,
				       "cannot read tree %.12s; if this is a partial clone, "
				       "'git -C %s cat-file -p %s' brings it",
				       hex, repo->dir, hex);
	}
	if (git_tree_dup(out, *recent))
		return git_err(err, "cannot read tree %.12s", hex);
	return 0;
}

int repo_resolve(struct repo *repo, const char *rev, struct revision *out, struct err *err)
{
	git_object *object = NULL, *commit = NULL;
	int rc = git_revparse_single(&object, repo->git, rev);

	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC)
		return 1;
	if (rc)
		return git_err(err, "cannot look up %s", rev);
	rc = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
	git_object_free(object);
	if (rc == GIT_EPEEL || rc == GIT_EINVALIDSPEC || rc == GIT_EAMBIGUOUS)
		return err_set(err, "%s is not a commit", rev);
	if (rc)
		return git_err(err, "cannot read the commit of %s", rev);
	git_oid_tostr(out->commit, OID_HEX, git_object_id(commit));
	git_oid_tostr(out->tree, OID_HEX, git_commit_tree_id((git_commit *)commit));
	out->time = git_commit_time((git_commit *)commit);
	git_object_free(commit);
	return 0;
}

int repo_refs(struct repo *repo, const char *glob, struct strv *out, struct err *err)
{
	git_reference_iterator *it;
	git_reference *ref;
	int rc;

	if (git_reference_iterator_new(&it, repo->git))
		return git_err(err, "cannot list the refs of %s", repo->dir);
	while (!(rc = git_reference_next(&ref, it))) {
		if (git_reference_type(ref) == GIT_REFERENCE_DIRECT &&
		    glob_match(glob, git_reference_name(ref)))
			strv_add(out, git_reference_name(ref));
		git_reference_free(ref);
	}
	git_reference_iterator_free(it);
	if (rc != GIT_ITEROVER)
		return git_err(err, "cannot list the refs of %s", repo->dir);
	strv_sort(out, true);
	return 0;
}

int repo_is_ancestor(struct repo *repo, const char *ancestor, const char *tip, struct err *err)
{
	git_oid a, t;
	int rc;

	if (!strcmp(ancestor, tip))
		return 1;
	if (git_oid_fromstr(&a, ancestor) || git_oid_fromstr(&t, tip))
		return err_set(err, "not an object id: %s %s", ancestor, tip);
	rc = git_graph_descendant_of(repo->git, &t, &a);
	/* The end of a shallow history is an end, not an error. */
	if (rc < 0 && git_repository_is_shallow(repo->git) == 1)
		return 0;
	if (rc < 0)
		return git_err(err, "cannot compare %.12s and %.12s", ancestor, tip);
	return rc;
}

struct walk {
	struct repo *repo;
	bool (*enter)(void *ctx, const char *dir);
	void (*file)(void *ctx, const struct tree_file *f);
	void *ctx;
	bool links;
	struct buf path;
};

static int walk_tree(struct walk *w, const git_oid *oid, int depth, struct err *err)
{
	size_t base = w->path.len;
	char hex[OID_HEX];
	git_tree *tree;
	int rc = 0;

	git_oid_tostr(hex, sizeof(hex), oid);
	if (depth > 64)
		return err_set(err, "directories nested too deeply at %s", w->path.p);
	if (find_tree(w->repo, hex, &tree, err))
		return -1;
	for (size_t i = 0; !rc && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		git_filemode_t mode = git_tree_entry_filemode(e);
		struct tree_file f;

		if (base)
			buf_addc(&w->path, '/');
		buf_adds(&w->path, git_tree_entry_name(e));
		if (mode == GIT_FILEMODE_TREE) {
			if (!w->enter || w->enter(w->ctx, w->path.p))
				rc = walk_tree(w, git_tree_entry_id(e), depth + 1, err);
		} else if (mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE ||
			   (mode == GIT_FILEMODE_LINK && w->links)) {
			f.path = w->path.p;
			f.mode = mode;
			git_oid_tostr(f.blob, OID_HEX, git_tree_entry_id(e));
			w->file(w->ctx, &f);
		}
		w->path.len = base;
		w->path.p[base] = '\0';
	}
	git_tree_free(tree);
	return rc;
}

static int walk(struct walk *w, const char *tree, struct err *err)
{
	git_oid oid;
	int rc;

	if (git_oid_fromstr(&oid, tree))
		return err_set(err, "not an object id: %s", tree);
	buf_adds(&w->path, "");
	rc = walk_tree(w, &oid, 0, err);
	buf_release(&w->path);
	return rc;
}

int repo_walk(struct repo *repo, const char *tree, bool (*enter)(void *ctx, const char *dir),
	      void (*file)(void *ctx, const struct tree_file *f), void *ctx, struct err *err)
{
	struct walk w = { repo, enter, file, ctx, false, BUF_INIT };

	return walk(&w, tree, err);
}

int repo_walk_all(struct repo *repo, const char *tree,
		  void (*file)(void *ctx, const struct tree_file *f), void *ctx, struct err *err)
{
	struct walk w = { repo, NULL, file, ctx, true, BUF_INIT };

	return walk(&w, tree, err);
}

int repo_read_blob(struct repo *repo, const char *oid, const char *path, struct blob *blob,
		   struct err *err)
{
	git_blob *b;
	git_oid id;
	int rc;

	if (git_oid_fromstr(&id, oid))
		return err_set(err, "not an object id: %s", oid);
	rc = git_blob_lookup(&b, repo->git, &id);
	if (rc == GIT_ENOTFOUND)
		return err_set(err,
			       "%s (blob %.12s) is not in this repository, as in a partial "
			       "clone; 'git -C %s cat-file blob %s >/dev/null' brings it, "
			       "'git -C %s fetch --refetch --no-filter' all",
			       path, oid, repo->dir, oid, repo->dir);
	if (rc)
		return git_err(err, "cannot read %s (blob %.12s)", path, oid);
	blob->handle = b;
	blob->p = git_blob_rawcontent(b);
	blob->len = (size_t)git_blob_rawsize(b);
	return 0;
}

void blob_release(struct blob *blob)
{
	git_blob_free(blob->handle);
	blob->handle = NULL;
}

int repo_find(struct repo *repo, const char *tree, const char *path, char blob[OID_HEX],
	      struct err *err)
{
	git_tree_entry *e = NULL;
	git_tree *t;
	int rc;

	if (find_tree(repo, tree, &t, err))
		return -1;
	rc = git_tree_entry_bypath(&e, t, path);
	git_tree_free(t);
	if (rc == GIT_ENOTFOUND)
		return 1;
	if (rc)
		return git_err(err, "cannot look up %s", path);
	rc = git_tree_entry_type(e) == GIT_OBJECT_BLOB &&
			     git_tree_entry_filemode(e) != GIT_FILEMODE_LINK
		     ? 0
		     : 1;
	if (!rc)
		git_oid_tostr(blob, OID_HEX, git_tree_entry_id(e));
	git_tree_entry_free(e);
	return rc;
}

/* One step down a path: 1 when there is no such directory. */
static int step_down(struct repo *repo, git_tree **tree, const char *name, size_t n,
		     struct err *err)
{
	char *component = xstrndup(name, n), hex[OID_HEX];
	const git_tree_entry *e = git_tree_entry_byname(*tree, component);
	git_tree *below;
	int rc;

	free(component);
	if (!e || git_tree_entry_type(e) != GIT_OBJECT_TREE)
		return 1;
	git_oid_tostr(hex, sizeof(hex), git_tree_entry_id(e));
	rc = find_tree(repo, hex, &below, err);
	if (!rc) {
		git_tree_free(*tree);
		*tree = below;
	}
	return rc;
}

int repo_entry(struct repo *repo, const char *tree, const char *path, struct tree_entry *out,
	       struct err *err)
{
	const git_tree_entry *e;
	git_tree *t;
	size_t n;
	int rc;

	if (find_tree(repo, tree, &t, err))
		return -1;
	for (rc = 0; !rc && path[n = strcspn(path, "/")]; path += n + 1)
		rc = step_down(repo, &t, path, n, err);
	if (!rc) {
		e = git_tree_entry_byname(t, path);
		rc = !e;
		if (e) {
			out->mode = git_tree_entry_filemode(e);
			git_oid_tostr(out->id, OID_HEX, git_tree_entry_id(e));
		}
	}
	git_tree_free(t);
	return rc;
}

void blob_id(const void *p, size_t len, char out[OID_HEX])
{
	git_oid oid;

	if (git_odb_hash(&oid, p, len, GIT_OBJECT_BLOB))
		memset(&oid, 0, sizeof(oid));
	git_oid_tostr(out, OID_HEX, &oid);
}
