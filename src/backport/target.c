// SPDX-License-Identifier: GPL-2.0-only
#include "target.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "base/mem.h"

#define HEADS "refs/heads/"
#define REMOTES "refs/remotes/"
#define TAGS "refs/tags/"

static const char *last_component(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

/* "refs/remotes/origin/x" as "origin/x". */
static const char *short_ref(const char *ref)
{
	if (!strncmp(ref, HEADS, strlen(HEADS)))
		return ref + strlen(HEADS);
	if (!strncmp(ref, REMOTES, strlen(REMOTES)))
		return ref + strlen(REMOTES);
	if (!strncmp(ref, TAGS, strlen(TAGS)))
		return ref + strlen(TAGS);
	return ref;
}

static int add(struct targets *ts, const char *ref, const struct revision *tip, struct err *err)
{
	const char *name = last_component(ref);
	struct target *t;

	for (size_t i = 0; i < ts->n; i++)
		if (!strcmp(ts->v[i].name, name))
			return err_set(err,
				       "--to: %s and %s are two targets of one name, '%s'; give "
				       "them in two runs with --branch",
				       ts->v[i].ref, short_ref(ref), name);
	GROW(ts->v, ts->n, ts->cap);
	t = &ts->v[ts->n++];
	*t = (struct target){ xstrdup(name), xstrdup(short_ref(ref)), *tip };
	return 0;
}

static int resolve_ref(struct repo *repo, const char *ref, struct revision *rev, struct err *err)
{
	int rc = repo_resolve(repo, ref, rev, err);

	return rc > 0 ? err_set(err, "cannot look up %s", ref) : rc;
}

static int add_ref(struct targets *ts, struct repo *repo, const char *ref, struct err *err)
{
	struct revision rev;

	return resolve_ref(repo, ref, &rev, err) ? -1 : add(ts, ref, &rev, err);
}

/* The remote branch of that name with the newest tip; "" when there is none. */
static int newest_remote(struct repo *repo, const char *branch, char **ref, struct revision *tip,
			 struct err *err)
{
	char *glob = xasprintf(REMOTES "*/%s", branch);
	struct strv refs = STRV_INIT;
	int rc = repo_refs(repo, glob, &refs, err);

	*ref = NULL;
	for (size_t i = 0; !rc && i < refs.n; i++) {
		struct revision rev;

		rc = resolve_ref(repo, refs.v[i], &rev, err);
		if (!rc && (!*ref || rev.time > tip->time)) {
			free(*ref);
			*ref = xstrdup(refs.v[i]);
			*tip = rev;
		}
	}
	strv_release(&refs);
	free(glob);
	return rc;
}

/* Say when a remote's branch of the same name is ahead of the local one. */
static int warn_if_behind(struct targets *ts, struct repo *repo, const char *branch,
			  const struct revision *local, struct err *err)
{
	struct revision remote;
	char *ref;
	int rc = newest_remote(repo, branch, &ref, &remote, err);

	if (!rc && ref && strcmp(remote.commit, local->commit) != 0) {
		int behind = repo_is_ancestor(repo, local->commit, remote.commit, err);

		if (behind > 0)
			strv_take(&ts->warnings,
				  xasprintf("the local branch %s is behind %s; it is used "
					    "as it is",
					    branch, short_ref(ref)));
		rc = behind < 0 ? -1 : 0;
	}
	free(ref);
	return rc;
}

static int add_local(struct targets *ts, struct repo *repo, const char *branch, struct err *err)
{
	char *ref = xasprintf(HEADS "%s", branch);
	struct revision rev;
	int rc = resolve_ref(repo, ref, &rev, err);

	if (!rc)
		rc = warn_if_behind(ts, repo, branch, &rev, err);
	if (!rc)
		rc = add(ts, ref, &rev, err);
	free(ref);
	return rc;
}

/* A number from digits only, and where it ends; -1 when there is none. */
static long number(const char *s, const char **end)
{
	char *e;
	long v;

	if (!isdigit((unsigned char)*s))
		return -1;
	v = strtol(s, &e, 10);
	*end = e;
	return v;
}

/* "v5.10", "v5.10.262": patch is 0 for the first form; false for anything else, -rc too. */
static bool parse_tag(const char *tag, long *major, long *minor, long *patch)
{
	const char *p = tag;

	*patch = 0;
	if (*p++ != 'v')
		return false;
	*major = number(p, &p);
	if (*major < 0 || *p++ != '.')
		return false;
	*minor = number(p, &p);
	if (*minor < 0)
		return false;
	if (*p == '.')
		*patch = number(p + 1, &p);
	return *patch >= 0 && !*p;
}

/* "linux-5.10.y" */
static bool parse_branch(const char *name, long *major, long *minor)
{
	const char *p = name;

	if (strncmp(p, "linux-", 6) != 0)
		return false;
	*major = number(p + 6, &p);
	if (*major < 0 || *p++ != '.')
		return false;
	*minor = number(p, &p);
	return *minor >= 0 && !strcmp(p, ".y");
}

/* What there is of one 5.N. */
struct version {
	long minor;
	bool local, remote;
	char *tag; /* the newest, short */
	long patch;
};

struct versions {
	struct version *v;
	size_t n, cap;
};

static struct version *version(struct versions *vs, long minor)
{
	for (size_t i = 0; i < vs->n; i++)
		if (vs->v[i].minor == minor)
			return &vs->v[i];
	GROW(vs->v, vs->n, vs->cap);
	vs->v[vs->n] = (struct version){ .minor = minor, .patch = -1 };
	return &vs->v[vs->n++];
}

static int by_minor(const void *a, const void *b)
{
	long x = ((const struct version *)a)->minor, y = ((const struct version *)b)->minor;

	return (x > y) - (x < y);
}

static int collect(struct repo *repo, long major, struct versions *vs, struct err *err)
{
	struct strv refs = STRV_INIT;
	long m, n, patch;
	int rc = repo_refs(repo, "refs/**", &refs, err);

	for (size_t i = 0; !rc && i < refs.n; i++) {
		const char *ref = refs.v[i];

		if (!strncmp(ref, HEADS, strlen(HEADS)) &&
		    parse_branch(ref + strlen(HEADS), &m, &n) && m == major) {
			version(vs, n)->local = true;
		} else if (!strncmp(ref, REMOTES, strlen(REMOTES)) &&
			   parse_branch(last_component(ref), &m, &n) && m == major) {
			version(vs, n)->remote = true;
		} else if (!strncmp(ref, TAGS, strlen(TAGS)) &&
			   parse_tag(ref + strlen(TAGS), &m, &n, &patch) && m == major) {
			struct version *v = version(vs, n);

			if (patch > v->patch) {
				free(v->tag);
				v->tag = xstrdup(ref + strlen(TAGS));
				v->patch = patch;
			}
		}
	}
	if (vs->n)
		qsort(vs->v, vs->n, sizeof(*vs->v), by_minor);
	strv_release(&refs);
	return rc;
}

static int add_version(struct targets *ts, struct repo *repo, long major, const struct version *v,
		       struct err *err)
{
	char *branch = xasprintf("linux-%ld.%ld.y", major, v->minor), *ref = NULL;
	struct revision rev;
	int rc;

	if (v->local) {
		rc = add_local(ts, repo, branch, err);
	} else if (v->remote) {
		rc = newest_remote(repo, branch, &ref, &rev, err);
		if (!rc)
			rc = add(ts, ref, &rev, err);
	} else {
		ref = xasprintf(TAGS "%s", v->tag);
		rc = add_ref(ts, repo, ref, err);
	}
	free(branch);
	free(ref);
	return rc;
}

/* v5.x: every 5.N that the repository knows. */
static int add_versions(struct targets *ts, struct repo *repo, long major, struct err *err)
{
	struct versions vs = { NULL, 0, 0 };
	int rc = collect(repo, major, &vs, err);

	for (size_t i = 0; !rc && i < vs.n; i++)
		rc = add_version(ts, repo, major, &vs.v[i], err);
	if (!rc && !vs.n)
		rc = err_set(err,
			     "--to v%ld.x: %s has neither branches linux-%ld.N.y nor tags "
			     "v%ld.N",
			     major, repo_dir(repo), major, major);
	for (size_t i = 0; i < vs.n; i++)
		free(vs.v[i].tag);
	free(vs.v);
	return rc;
}

/* "v5.x" */
static bool parse_family(const char *to, long *major)
{
	const char *p = to;

	if (*p++ != 'v')
		return false;
	*major = number(p, &p);
	return *major >= 0 && !strcmp(p, ".x");
}

/* linux-5.4.y before linux-5.10.y. */
static int by_version(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

static int add_glob(struct targets *ts, struct repo *repo, const char *to, struct err *err)
{
	static const char *const spaces[] = { HEADS, REMOTES, REMOTES "*/", TAGS };
	struct strv refs = STRV_INIT;
	int rc = 0;

	for (size_t i = 0; !rc && !refs.n && i < ARRAY_SIZE(spaces); i++) {
		char *glob = xasprintf("%s%s", spaces[i], to);

		rc = repo_refs(repo, glob, &refs, err);
		free(glob);
	}
	if (!rc && !refs.n)
		rc = err_set(err, "--to %s: no branch or tag of %s matches", to, repo_dir(repo));
	if (refs.n)
		qsort(refs.v, refs.n, sizeof(*refs.v), by_version);
	for (size_t i = 0; !rc && i < refs.n; i++)
		rc = strncmp(refs.v[i], HEADS, strlen(HEADS))
			     ? add_ref(ts, repo, refs.v[i], err)
			     : add_local(ts, repo, refs.v[i] + strlen(HEADS), err);
	strv_release(&refs);
	return rc;
}

static bool is_local(struct repo *repo, const char *to)
{
	char *ref = xasprintf(HEADS "%s", to);
	struct err err = ERR_INIT;
	struct revision rev;
	bool yes = repo_resolve(repo, ref, &rev, &err) == 0;

	err_release(&err);
	free(ref);
	return yes;
}

static int add_name(struct targets *ts, struct repo *repo, const char *to, struct err *err)
{
	struct revision rev;
	char *ref;
	int rc;

	if (is_local(repo, to))
		return add_local(ts, repo, to, err);
	rc = repo_resolve(repo, to, &rev, err);
	if (rc <= 0)
		return rc ? rc : add(ts, to, &rev, err);
	/* A branch that only remotes have. */
	rc = newest_remote(repo, to, &ref, &rev, err);
	if (!rc)
		rc = ref ? add(ts, ref, &rev, err)
			 : err_set(err, "--to %s: %s has no such branch, tag or revision", to,
				   repo_dir(repo));
	free(ref);
	return rc;
}

int targets_add(struct targets *ts, struct repo *repo, const char *to, struct err *err)
{
	long major;

	if (parse_family(to, &major))
		return add_versions(ts, repo, major, err);
	if (glob_is(to))
		return add_glob(ts, repo, to, err);
	return add_name(ts, repo, to, err);
}

void targets_release(struct targets *ts)
{
	for (size_t i = 0; i < ts->n; i++) {
		free(ts->v[i].name);
		free(ts->v[i].ref);
	}
	free(ts->v);
	strv_release(&ts->warnings);
	*ts = (struct targets){ NULL, 0, 0, STRV_INIT };
}
