// SPDX-License-Identifier: GPL-2.0-only
#include "repo_log.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "repo_paths.h"
#include "repo_priv.h"

/* Commits on the old side that are still looked at, for clocks that went wrong. */
#define SLOP 256

/* A commit on the way.  First in the struct is the key of the search tree. */
struct node {
	git_oid oid;
	git_commit *commit;
	bool hidden; /* FROM reaches it */
	bool done;   /* left the queue */
	bool cut;    /* a shallow clone ends here */
	int state;   /* while ordering: 0 new, 1 open, 2 listed */
};

struct history {
	struct repo *repo;
	void *nodes; /* search tree of struct node */
	struct node **queue;
	size_t n, cap;
	struct strv cuts; /* ids in .git/shallow, sorted */
};

static int by_oid(const void *a, const void *b)
{
	return git_oid_cmp(a, b);
}

static void read_cuts(struct history *h)
{
	char *path = xasprintf("%s/shallow", git_repository_commondir(h->repo->git));
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	if (!buf_read_file(&text, path, &err)) {
		for (char *p = text.p; strlen(p) >= OID_HEX - 1;) {
			strv_take(&h->cuts, xstrndup(p, OID_HEX - 1));
			p += OID_HEX - 1;
			p += *p == '\n';
		}
	}
	strv_sort(&h->cuts, true);
	err_release(&err);
	buf_release(&text);
	free(path);
}

static int by_string(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_cut(const struct history *h, const git_oid *oid)
{
	char hex[OID_HEX];
	const char *key = git_oid_tostr(hex, sizeof(hex), oid);

	return h->cuts.n &&
	       bsearch(&key, h->cuts.v, h->cuts.n, sizeof(*h->cuts.v), by_string) != NULL;
}

/* The node of a commit, read and queued when it is met for the first time. */
static int visit(struct history *h, const git_oid *oid, struct node **out, struct err *err)
{
	struct node **found = tfind(oid, &h->nodes, by_oid), *node;

	if (found) {
		*out = *found;
		return 0;
	}
	node = xcalloc(1, sizeof(*node));
	git_oid_cpy(&node->oid, oid);
	if (git_commit_lookup(&node->commit, h->repo->git, oid)) {
		free(node);
		return git_err(err, "cannot read the history of %s", h->repo->dir);
	}
	node->cut = is_cut(h, oid);
	if (!tsearch(node, &h->nodes, by_oid))
		abort();
	GROW(h->queue, h->n, h->cap);
	h->queue[h->n++] = node;
	*out = node;
	return 0;
}

/* The newest commit of the queue. */
static struct node *take_newest(struct history *h)
{
	size_t best = 0;
	struct node *node;

	for (size_t i = 1; i < h->n; i++)
		if (git_commit_time(h->queue[i]->commit) > git_commit_time(h->queue[best]->commit))
			best = i;
	node = h->queue[best];
	h->queue[best] = h->queue[--h->n];
	node->done = true;
	return node;
}

static bool all_hidden(const struct history *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (!h->queue[i]->hidden)
			return false;
	return true;
}

static unsigned int parents(const struct node *node)
{
	return node->cut ? 0 : git_commit_parentcount(node->commit);
}

/* A commit that turns out to be hidden hides what was reached through it. */
static void hide(struct history *h, struct node *node)
{
	struct node **stack = NULL;
	size_t n = 0, cap = 0;

	while (node) {
		node->hidden = true;
		for (unsigned int i = 0; node->done && i < parents(node); i++) {
			struct node **p =
				tfind(git_commit_parent_id(node->commit, i), &h->nodes, by_oid);

			if (!p || (*p)->hidden)
				continue;
			GROW(stack, n, cap);
			stack[n++] = *p;
		}
		node = n ? stack[--n] : NULL;
	}
	free(stack);
}

static int expand(struct history *h, struct node *node, struct err *err)
{
	for (unsigned int i = 0; i < parents(node); i++) {
		struct node *parent;

		if (visit(h, git_commit_parent_id(node->commit, i), &parent, err))
			return -1;
		if (node->hidden && !parent->hidden)
			hide(h, parent);
	}
	return 0;
}

static void free_node(void *p)
{
	struct node *node = p;

	git_commit_free(node->commit);
	free(node);
}

static void history_init(struct history *h, struct repo *repo)
{
	*h = (struct history){ .repo = repo, .cuts = STRV_INIT };
	read_cuts(h);
}

static void history_release(struct history *h)
{
	tdestroy(h->nodes, free_node);
	free(h->queue);
	strv_release(&h->cuts);
}

static void fill(struct commit *c, const struct node *node)
{
	const char *summary = git_commit_summary(node->commit);

	git_oid_tostr(c->id, OID_HEX, &node->oid);
	git_oid_tostr(c->tree, OID_HEX, git_commit_tree_id(node->commit));
	c->time = git_commit_time(node->commit);
	c->summary = xstrdup(summary ? summary : "");
	c->parents = (struct strv)STRV_INIT;
	for (unsigned int i = 0; i < parents(node); i++) {
		char hex[OID_HEX];

		git_oid_tostr(hex, sizeof(hex), git_commit_parent_id(node->commit, i));
		strv_add(&c->parents, hex);
	}
}

static void commit_release(struct commit *c)
{
	strv_release(&c->parents);
	free(c->summary);
}

void commits_release(struct commits *commits)
{
	for (size_t i = 0; i < commits->n; i++)
		commit_release(&commits->v[i]);
	free(commits->v);
	*commits = (struct commits){ NULL, 0, 0 };
}

/* The first parent that is still to be listed, or NULL. */
static struct node *open_parent(struct history *h, const struct node *node)
{
	for (unsigned int i = 0; i < parents(node); i++) {
		struct node **p = tfind(git_commit_parent_id(node->commit, i), &h->nodes, by_oid);

		if (p && !(*p)->hidden && !(*p)->state)
			return *p;
	}
	return NULL;
}

/* List what TIP reaches, parents first. */
static int list_range(struct history *h, struct node *tip, struct commits *out, struct err *err)
{
	struct node **stack = NULL;
	size_t n = 0, cap = 0;
	int rc = 0;

	for (struct node *node = tip->hidden ? NULL : tip; node && !rc;) {
		struct node *parent = open_parent(h, node);

		node->state = 1;
		if (node->cut) {
			rc = err_set(err,
				     "the range reaches the end of this shallow clone, and the "
				     "parent of commit %.12s is not here; " REPO_DEEPEN_HINT,
				     git_oid_tostr_s(&node->oid));
		} else if (parent) {
			GROW(stack, n, cap);
			stack[n++] = node;
			node = parent;
		} else {
			GROW(out->v, out->n, out->cap);
			fill(&out->v[out->n++], node);
			node = n ? stack[--n] : NULL;
		}
	}
	free(stack);
	return rc;
}

static int walk_range(struct history *h, struct err *err)
{
	int slop = SLOP;

	while (h->n && slop > 0) {
		if (expand(h, take_newest(h), err))
			return -1;
		slop = all_hidden(h) ? slop - 1 : SLOP;
	}
	return 0;
}

int repo_range(struct repo *repo, const char *from, const char *to, struct commits *out,
	       struct err *err)
{
	struct node *tip, *base;
	struct history h;
	git_oid oid;
	int rc = -1;

	history_init(&h, repo);
	if (git_oid_fromstr(&oid, to) || visit(&h, &oid, &tip, err) ||
	    git_oid_fromstr(&oid, from) || visit(&h, &oid, &base, err))
		goto out;
	hide(&h, base);
	rc = walk_range(&h, err);
	if (!rc)
		rc = list_range(&h, tip, out, err);
	if (rc)
		commits_release(out);
out:
	history_release(&h);
	return rc;
}

static int add_tip(struct history *h, const char *name, struct err *err)
{
	struct revision rev;
	struct err ignored = ERR_INIT;
	struct node *node;
	git_oid oid;
	int rc = repo_resolve(h->repo, name, &rev, &ignored);

	err_release(&ignored);
	/* A ref that leads to no commit, or nowhere, has no history. */
	if (rc || git_oid_fromstr(&oid, rev.commit))
		return 0;
	return visit(h, &oid, &node, err);
}

static int add_tips(struct history *h, struct err *err)
{
	struct strv refs = STRV_INIT;
	int rc = add_tip(h, "HEAD", err);

	if (!rc)
		rc = repo_refs(h->repo, "refs/heads/**", &refs, err);
	if (!rc)
		rc = repo_refs(h->repo, "refs/remotes/**", &refs, err);
	for (size_t i = 0; !rc && i < refs.n; i++)
		rc = add_tip(h, refs.v[i], err);
	strv_release(&refs);
	return rc;
}

int repo_recent(struct repo *repo, int64_t from, int64_t to,
		void (*visit_commit)(void *ctx, const struct commit *c), void *ctx, struct err *err)
{
	struct history h;
	int rc;

	history_init(&h, repo);
	rc = add_tips(&h, err);
	while (!rc && h.n) {
		struct node *node = take_newest(&h);
		struct commit c;

		if (git_commit_time(node->commit) < from)
			break;
		if (git_commit_time(node->commit) <= to) {
			fill(&c, node);
			visit_commit(ctx, &c);
			commit_release(&c);
		}
		rc = expand(&h, node, err);
	}
	history_release(&h);
	return rc;
}

/* What is compared with a commit: the blobs of some paths in it and its parent. */
struct touching {
	struct path_finder *finder;
	size_t n;
	char (*blobs)[OID_HEX]; /* in the commit */
	char *changed;
};

static int look_at(struct touching *t, const git_commit *commit, struct err *err)
{
	char hex[OID_HEX];

	return path_finder_look(t->finder,
				git_oid_tostr(hex, sizeof(hex), git_commit_tree_id(commit)), err);
}

/*
 * The commit first and then its parent, which often is the next commit, so that
 * the finder has nothing to do for that.
 */
static int compare(struct touching *t, const struct node *node, bool *any, struct err *err)
{
	git_commit *parent = NULL;
	int rc;

	if (parents(node) && git_commit_parent(&parent, node->commit, 0))
		return git_err(err, "cannot read the parent of %.12s", git_oid_tostr_s(&node->oid));
	rc = look_at(t, node->commit, err);
	for (size_t i = 0; !rc && i < t->n; i++)
		memcpy(t->blobs[i], path_finder_blob(t->finder, i), OID_HEX);
	if (!rc && parent)
		rc = look_at(t, parent, err);
	for (size_t i = 0; !rc && i < t->n; i++) {
		const char *was = parent ? path_finder_blob(t->finder, i) : "";

		t->changed[i] = strcmp(was, t->blobs[i]) ? '1' : '0';
		*any = *any || t->changed[i] == '1';
	}
	git_commit_free(parent);
	return rc;
}

static int walk_touching(struct history *h, struct touching *t, size_t look,
			 bool (*visit_touching)(void *ctx, const char *subject,
						const char *changed),
			 void *ctx, struct err *err)
{
	int rc = 0;

	while (!rc && h->n && look--) {
		struct node *node = take_newest(h);
		bool any = false;

		if (!node->cut && parents(node) < 2)
			rc = compare(t, node, &any, err);
		if (any && !visit_touching(ctx, git_commit_summary(node->commit) ?: "", t->changed))
			break;
		if (!rc)
			rc = expand(h, node, err);
	}
	return rc;
}

int repo_touching(struct repo *repo, const char *commit, const struct strv *paths, size_t look,
		  bool (*visit_touching)(void *ctx, const char *subject, const char *changed),
		  void *ctx, struct err *err)
{
	struct touching t = {
		.finder = path_finder_new(repo, paths),
		.n = paths->n,
		.blobs = xcalloc(paths->n, sizeof(*t.blobs)),
		.changed = xcalloc(paths->n + 1, 1),
	};
	struct node *node;
	struct history h;
	git_oid oid;
	int rc;

	history_init(&h, repo);
	rc = git_oid_fromstr(&oid, commit) ? err_set(err, "not an object id: %s", commit)
					   : visit(&h, &oid, &node, err);
	if (!rc)
		rc = walk_touching(&h, &t, look, visit_touching, ctx, err);
	history_release(&h);
	path_finder_free(t.finder);
	free(t.blobs);
	free(t.changed);
	return rc;
}

int repo_commit_text(struct repo *repo, const char *commit, struct commit_text *out,
		     struct err *err)
{
	const git_signature *author;
	git_commit *c;

	if (find_commit(repo, commit, &c, err))
		return -1;
	author = git_commit_author(c);
	*out = (struct commit_text){
		.author_name = xstrdup(author->name),
		.author_email = xstrdup(author->email),
		.time = author->when.time,
		.offset = author->when.offset,
		.message = xstrdup(git_commit_message(c)),
	};
	if (git_commit_parentcount(c)) {
		out->parent = xmalloc(OID_HEX);
		git_oid_tostr(out->parent, OID_HEX, git_commit_parent_id(c, 0));
	}
	git_commit_free(c);
	return 0;
}

void commit_text_release(struct commit_text *text)
{
	free(text->author_name);
	free(text->author_email);
	free(text->message);
	free(text->parent);
}

bool repo_is_shallow(struct repo *repo)
{
	return git_repository_is_shallow(repo->git) == 1;
}
