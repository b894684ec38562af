// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"
#include "tree/repo_log.h"

/* Part of the key: change it when the same history can give other lines. */
#define HISTORY_VERSION 2
#define HISTORY 50   /* commits to a patch's files that count */
#define LOOK 20000   /* commits that are looked at for them */
#define CUSTOM_MIN 3 /* commits with one prefix make a custom */
#define MAX_FILES 50 /* a patch with more is about no part of the tree */
#define MAX_PATHS 1000

/* The commits that touched the files of a series. */
struct touches {
	struct review *r;
	struct strv paths;  /* of all patches, sorted */
	struct strv *files; /* of each patch */
	size_t *seen;       /* commits to them, up to HISTORY */
	struct strv lines;  /* for each path '1' or '0', a blank, the subject; newest first */
};

/* The files that a patch changes and that are there before it. */
static void changed_paths(const struct review *r, size_t i, struct strv *paths)
{
	struct diff diff;

	review_diff(r, i, &diff);
	for (size_t k = 0; diff.n <= MAX_FILES && k < diff.n; k++)
		if (diff.files[k].old_path && diff_path_ok(diff.files[k].old_path))
			strv_add(paths, diff.files[k].old_path);
	diff_release(&diff);
	strv_sort(paths, true);
}

static void touches_init(struct touches *t, struct review *r)
{
	*t = (struct touches){ .r = r };
	t->files = xcalloc(r->lint->n, sizeof(*t->files));
	t->seen = xcalloc(r->lint->n, sizeof(*t->seen));
	for (size_t i = 0; i < r->lint->n; i++) {
		changed_paths(r, i, &t->files[i]);
		for (size_t k = 0; t->paths.n < MAX_PATHS && k < t->files[i].n; k++)
			strv_add(&t->paths, t->files[i].v[k]);
	}
	strv_sort(&t->paths, true);
}

static void touches_release(struct touches *t)
{
	for (size_t i = 0; i < t->r->lint->n; i++)
		strv_release(&t->files[i]);
	free(t->files);
	free(t->seen);
	strv_release(&t->paths);
	strv_release(&t->lines);
}

/* Whether a line is about a commit that touched a file of the patch. */
static bool touched(const struct touches *t, size_t patch, const char *line)
{
	for (size_t i = 0; i < t->paths.n; i++)
		if (line[i] == '1' && strv_has(&t->files[patch], t->paths.v[i]))
			return true;
	return false;
}

/* False when all patches have enough. */
static bool add_line(void *ctx, const char *subject, const char *changed)
{
	struct touches *t = ctx;
	bool enough = true;

	for (size_t i = 0; i < t->r->lint->n; i++) {
		t->seen[i] += t->seen[i] < HISTORY && touched(t, i, changed);
		enough = enough && (t->seen[i] == HISTORY || !t->files[i].n);
	}
	strv_take(&t->lines, xasprintf("%s %s", changed, subject));
	return !enough;
}

static char *make_key(const struct touches *t, const char *commit)
{
	struct buf all = BUF_INIT;
	char id[OID_HEX];

	/* How many are enough depends on which patch has which file. */
	for (size_t i = 0; i < t->r->lint->n; i++)
		for (size_t k = 0; k < t->files[i].n; k++)
			buf_addf(&all, "%zu %s\n", i, t->files[i].v[k]);
	blob_id(all.p, all.len, id);
	buf_release(&all);
	return xasprintf("%d %s %s", HISTORY_VERSION, commit, id);
}

static void split_lines(const struct buf *text, struct strv *out)
{
	struct span rest = { text->p, text->len }, line;

	while (text_line(&rest, &line))
		strv_take(out, xstrndup(line.p, line.n));
}

/* What is cut off may come with the next fetch, so that is not kept. */
static void keep(const struct touches *t, const char *key)
{
	struct store *store = t->r->engine->store;
	struct buf text = BUF_INIT;

	if (!store || repo_is_shallow(t->r->repo))
		return;
	buf_adds(&text, "");
	for (size_t i = 0; i < t->lines.n; i++)
		buf_addf(&text, "%s\n", t->lines.v[i]);
	store_put(store, "touching", key, text.p, text.len);
	buf_release(&text);
}

static int read_history(struct touches *t, const char *commit, struct err *err)
{
	char *key = make_key(t, commit);
	struct buf kept = BUF_INIT;
	int rc = 0;

	if (t->r->engine->store && store_get(t->r->engine->store, "touching", key, &kept)) {
		split_lines(&kept, &t->lines);
	} else {
		rc = repo_touching(t->r->repo, commit, &t->paths, LOOK, add_line, t, err);
		if (!rc)
			keep(t, key);
	}
	buf_release(&kept);
	free(key);
	return rc;
}

/* Whether one begins with the other, components being whole: "KVM: x86:", "KVM: x86: mmu:". */
static bool is_known(const char *prefix, size_t n, const struct strv *subjects)
{
	for (size_t i = 0; i < subjects->n; i++) {
		size_t old = subject_prefix(subjects->v[i]), less = old < n ? old : n;

		if (less ? !memcmp(subjects->v[i], prefix, less) : old == n)
			return true;
	}
	return false;
}

/* The prefix that most have: its subject, and how many. */
static const char *custom(const struct strv *subjects, size_t *times)
{
	const char *best = NULL;

	*times = 0;
	for (size_t i = 0; i < subjects->n; i++) {
		size_t n = subject_prefix(subjects->v[i]), same = 0;

		for (size_t k = 0; n && k < subjects->n; k++)
			same += subject_prefix(subjects->v[k]) == n &&
				!memcmp(subjects->v[k], subjects->v[i], n);
		if (same > *times) {
			*times = same;
			best = subjects->v[i];
		}
	}
	return best;
}

static void judge(struct review *r, size_t i, const struct strv *subjects)
{
	const char *subject = review_patch(r, i)->subject, *most;
	size_t n = subject_prefix(subject), times;
	struct buf text = BUF_INIT;

	most = custom(subjects, &times);
	if (!most || times < CUSTOM_MIN || 2 * times < subjects->n ||
	    is_known(subject, n, subjects))
		return;
	if (n)
		buf_addf(&text, "the prefix \"%.*s\" is new to these files:", (int)n, subject);
	else
		buf_adds(&text, "the subject has no prefix:");
	buf_addf(&text, " of the last %zu commits to them %zu have \"%.*s\"%s", subjects->n, times,
		 (int)subject_prefix(most), most, n ? " and none has it" : "");
	changelog_note(r, i, "subject-prefix", SEVERITY_NOTE, 0, 0, buf_detach(&text));
}

static void check_patch(struct touches *t, size_t i)
{
	const struct series_patch *p = review_patch(t->r, i);
	struct strv subjects = STRV_INIT;

	if (!p->subject || !strncmp(p->subject, "Revert ", 7) || !strncmp(p->subject, "Merge ", 6))
		return;
	for (size_t k = 0; k < t->lines.n && subjects.n < HISTORY; k++)
		if (touched(t, i, t->lines.v[k]))
			strv_add(&subjects, t->lines.v[k] + t->paths.n + 1);
	judge(t->r, i, &subjects);
	strv_release(&subjects);
}

int check_subject(struct review *r, struct err *err)
{
	char commit[OID_HEX];
	int rc = review_base_commit(r, commit, err);
	struct touches t;

	if (rc)
		return rc < 0 ? -1 : 0;
	touches_init(&t, r);
	if (t.paths.n && read_history(&t, commit, err))
		review_go_without(r, "subjects are not compared with the history", err);
	for (size_t i = 0; t.lines.n && i < r->lint->n; i++)
		check_patch(&t, i);
	touches_release(&t);
	return 0;
}
