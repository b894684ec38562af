// SPDX-License-Identifier: GPL-2.0-only
#include "backport.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "refactor/refactor.h"
#include "tree/snapshot.h"

/* One declared file of the refactor, in one target. */
struct change {
	const char *path;
	struct blob blob;
	bool there;
	struct refactored result;
};

struct work {
	const struct backport *bp;
	const struct target *target;
	struct outcome *out;
	struct findings before;
	struct change *changes; /* one for each of the refactor's files */
	size_t n;
};

const char *backport_state_name(enum backport_state state)
{
	switch (state) {
	case BACKPORT_NOT_AFFECTED:
		return "not affected";
	case BACKPORT_DONE:
		return "backported";
	case BACKPORT_HUMAN:
		return "needs a human";
	case BACKPORT_FAILED:
		break;
	}
	return "failed";
}

/* The first reason stays. */
static int end_with(struct work *w, enum backport_state state, char *reason)
{
	w->out->state = state;
	if (w->out->reason)
		free(reason);
	else
		w->out->reason = reason;
	return 1;
}

static int scan_target(struct work *w, struct err *err)
{
	struct engine_stats stats;
	struct snapshot snap;
	int rc;

	snapshot_init_rev(&snap, w->bp->repo, w->target->ref, &w->target->tip);
	rc = engine_scan(w->bp->engine, &snap, &w->before, &stats, err);
	snapshot_release(&snap);
	return rc;
}

static bool declared(const struct refactor *r, const char *path)
{
	return strv_has(&r->files, path);
}

/* The first finding in the declared files that the refactor mends, or NULL. */
static const struct finding *first_affected(const struct work *w)
{
	const struct refactor *r = w->bp->refactor;

	for (size_t i = 0; i < w->before.n; i++) {
		const struct finding *f = &w->before.v[i];

		if (declared(r, f->path) && strv_has(&r->mends, f->rule))
			return f;
	}
	return NULL;
}

/* Code that could not be looked at may hold what is to be mended. */
static const struct unseen *first_unseen(const struct work *w)
{
	for (size_t i = 0; i < w->before.n_unseen; i++)
		if (declared(w->bp->refactor, w->before.unseen[i].path))
			return &w->before.unseen[i];
	return NULL;
}

static int read_file(struct work *w, struct change *c, struct err *err)
{
	char oid[OID_HEX];
	int rc = repo_find(w->bp->repo, w->target->tip.tree, c->path, oid, err);

	if (!rc)
		rc = repo_read_blob(w->bp->repo, oid, c->path, &c->blob, err);
	c->there = !rc;
	return rc < 0 ? -1 : 0;
}

static void note_sites(struct work *w, const struct change *c)
{
	struct outcome *out = w->out;

	for (size_t i = 0; i < c->result.n_sites; i++) {
		const struct site *s = &c->result.sites[i];

		GROW(out->converted, out->n_converted, out->cap_converted);
		out->converted[out->n_converted++] = (struct converted){
			xstrdup(c->path), xstrdup(s->function), s->line, s->end_line, s->line,
		};
	}
	for (size_t i = 0; i < c->result.notes.n; i++)
		strv_add(&out->notes, c->result.notes.v[i]);
}

static int convert_file(struct work *w, struct change *c, struct err *err)
{
	char *why;
	int rc;

	if (read_file(w, c, err))
		return -1;
	if (!c->there)
		return 0;
	if (refactor_apply(w->bp->engine->spatch, w->bp->refactor, c->path, c->blob.p, c->blob.len,
			   &c->result, err))
		return -1;
	if (c->result.state == REFACTOR_HUMAN)
		return end_with(w, BACKPORT_HUMAN, xstrdup(c->result.reason));
	if (c->result.state == REFACTOR_UNCHANGED)
		return 0;
	rc = refactor_verify(w->bp->engine, w->bp->refactor, c->path, &w->before, &c->result, &why,
			     err);
	if (rc > 0)
		return end_with(w, BACKPORT_FAILED,
				xasprintf("the result does not verify: %s", why));
	if (!rc)
		note_sites(w, c);
	return rc;
}

static bool is_converted(struct outcome *out, const struct finding *f)
{
	for (size_t i = 0; i < out->n_converted; i++) {
		struct converted *c = &out->converted[i];

		if (!strcmp(c->path, f->path) && f->line >= c->line && f->line <= c->end_line) {
			c->at = f->line;
			return true;
		}
	}
	return false;
}

/* What the refactor's rules find and it does not convert. */
static void keep_left(struct work *w)
{
	const struct refactor *r = w->bp->refactor;

	for (size_t i = 0; i < w->before.n; i++) {
		struct finding *f = &w->before.v[i];

		if (strv_has(&r->mends, f->rule) && !is_converted(w->out, f)) {
			findings_add(&w->out->left, f);
			*f = (struct finding){ .rule = NULL };
		}
	}
	for (size_t i = 0; i < w->before.n_unseen; i++) {
		findings_add_unseen(&w->out->left, &w->before.unseen[i]);
		w->before.unseen[i] = (struct unseen){ .rule = NULL };
	}
}

/* 0 to go on, 1 when the state is settled, -1 for an error. */
static int convert_all(struct work *w, struct err *err)
{
	const struct refactor *r = w->bp->refactor;
	const struct finding *affected;
	const struct unseen *unseen;
	int rc = 0;

	if (scan_target(w, err))
		return -1;
	affected = first_affected(w);
	unseen = first_unseen(w);
	if (unseen && !affected) {
		end_with(w, BACKPORT_FAILED,
			 xasprintf("%s: %s cannot be analysed: %s", unseen->path,
				   *unseen->function ? unseen->function : "it", unseen->reason));
		keep_left(w);
		return 1;
	}
	if (!affected) {
		keep_left(w);
		return end_with(w, BACKPORT_NOT_AFFECTED, NULL);
	}
	for (size_t i = 0; !rc && i < w->n; i++)
		rc = convert_file(w, &w->changes[i], err);
	if (!rc && !w->out->n_converted)
		rc = end_with(w, BACKPORT_HUMAN,
			      xasprintf("%s:%d: %s in %s() is not of a form that "
					"%s converts",
					affected->path, affected->line, affected->rule,
					affected->function, r->id));
	if (rc >= 0)
		keep_left(w);
	return rc;
}

static int write_commit(struct work *w, char tree[OID_HEX], struct err *err)
{
	const struct backport *bp = w->bp;
	struct new_file *files = xcalloc(w->n, sizeof(*files));
	struct new_commit commit = { .tree = tree, .parent = w->target->tip.commit };
	char *name = NULL, *email = NULL, *message = backport_message(bp);
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < w->n; i++)
		if (w->changes[i].result.state == REFACTOR_CHANGED)
			files[n++] = (struct new_file){ .path = w->changes[i].path,
							.p = w->changes[i].result.text,
							.len = w->changes[i].result.len };
	rc = repo_write_tree(bp->repo, w->target->tip.tree, files, n, tree, NULL, err);
	if (!rc)
		rc = person_parse(bp->refactor->author, bp->refactor->date, &commit.author, &name,
				  &email, err);
	commit.committer = bp->user;
	commit.message = message;
	if (!rc)
		rc = repo_write_commit(bp->repo, &commit, w->out->commit, err);
	free(files);
	free(name);
	free(email);
	free(message);
	return rc;
}

/* *path (the caller frees) is the mail that was written, NULL for standard output. */
static int write_mail(const struct backport *bp, const struct outcome *out, char **path,
		      struct err *err)
{
	char *name;
	int rc;

	if (!strcmp(bp->mail_dir, "-"))
		return 0;
	if (make_dirs(bp->mail_dir, err))
		return -1;
	name = xasprintf("%s/%s", bp->mail_dir, out->mail_name);
	if (!access(name, F_OK) && !bp->force)
		rc = err_set(err, "%s exists already; --force overwrites it", name);
	else
		rc = file_write(name, out->mail.p, out->mail.len, err);
	if (rc)
		free(name);
	else
		*path = name;
	return rc;
}

/* The mail and then, last of all, the branch; or neither. */
static int publish(const struct backport *bp, struct outcome *out, struct err *err)
{
	char *path = NULL;
	int rc = 0;

	if (bp->mail_dir)
		rc = write_mail(bp, out, &path, err);
	if (!rc)
		rc = repo_write_branch(bp->repo, out->branch, out->commit, bp->force, err);
	if (rc && path)
		unlink(path);
	free(path);
	return rc;
}

/* The commit is there but not seen; mail first, the branch last. */
static int finish(struct work *w, struct err *err)
{
	const struct backport *bp = w->bp;
	struct outcome *out = w->out;
	char tree[OID_HEX];

	out->branch = bp->branch ? xstrdup(bp->branch)
				 : xasprintf("icrfix/%s/%s", bp->refactor->id, w->target->name);
	if (repo_check_branch(bp->repo, out->branch, bp->force, err))
		return -1;
	if (write_commit(w, tree, err))
		return -1;
	if (bp->mail_dir && backport_mail(bp, out, tree, err))
		return -1;
	if (bp->dry_run)
		*out->commit = '\0';
	else if (publish(bp, out, err))
		return -1;
	out->state = BACKPORT_DONE;
	return 0;
}

static enum status status_of(enum backport_state state)
{
	return state == BACKPORT_HUMAN    ? STATUS_FINDINGS
	       : state == BACKPORT_FAILED ? STATUS_INCOMPLETE
					  : STATUS_OK;
}

static void release_converted(struct outcome *out)
{
	for (size_t i = 0; i < out->n_converted; i++) {
		free(out->converted[i].path);
		free(out->converted[i].function);
	}
	free(out->converted);
	out->converted = NULL;
	out->n_converted = 0;
}

/* An error of this target: told in its outcome, the others go on. */
static void fail(struct outcome *out, struct err *err)
{
	out->state = BACKPORT_FAILED;
	out->status = err->status;
	free(out->reason);
	out->reason = err->text;
	free(out->branch);
	out->branch = NULL;
	free(out->mail_name);
	out->mail_name = NULL;
	buf_release(&out->mail);
	release_converted(out);
	*out->commit = '\0';
}

void backport_one(const struct backport *bp, const struct target *target, struct outcome *out)
{
	struct work w = { .bp = bp, .target = target, .out = out, .n = bp->refactor->files.n };
	struct err err = ERR_INIT;
	int rc;

	*out = (struct outcome){ .target = target, .state = BACKPORT_FAILED, .mail = BUF_INIT };
	w.changes = xcalloc(w.n, sizeof(*w.changes));
	for (size_t i = 0; i < w.n; i++)
		w.changes[i].path = bp->refactor->files.v[i];
	rc = convert_all(&w, &err);
	if (!rc)
		rc = finish(&w, &err);
	out->status = out->left.n_unseen ? STATUS_INCOMPLETE : status_of(out->state);
	if (rc < 0)
		fail(out, &err);
	for (size_t i = 0; i < w.n; i++) {
		blob_release(&w.changes[i].blob);
		refactored_release(&w.changes[i].result);
	}
	free(w.changes);
	findings_release(&w.before);
}

void outcome_release(struct outcome *out)
{
	release_converted(out);
	findings_release(&out->left);
	strv_release(&out->notes);
	free(out->reason);
	free(out->branch);
	free(out->mail_name);
	buf_release(&out->mail);
}
