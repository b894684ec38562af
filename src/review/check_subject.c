// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"
#include "tree/repo_log.h"

/* Part of the key: change it when the same history can give other prefixes. */
#define HISTORY_VERSION 1
#define HISTORY 50   /* commits to the files that count */
#define LOOK 20000   /* commits that are looked at for them */
#define CUSTOM_MIN 3 /* commits with one prefix make a custom */

/* The files that a patch changes and that are there before it. */
static void changed_paths(const struct review *r, size_t i, struct strv *paths)
{
	struct diff diff;

	review_diff(r, i, &diff);
	for (size_t k = 0; k < diff.n; k++)
		if (diff.files[k].old_path && diff_path_ok(diff.files[k].old_path))
			strv_add(paths, diff.files[k].old_path);
	diff_release(&diff);
	strv_sort(paths, true);
}

static char *make_key(const char *commit, const struct strv *paths)
{
	struct buf all = BUF_INIT;
	char id[OID_HEX];

	for (size_t i = 0; i < paths->n; i++)
		buf_addf(&all, "%s\n", paths->v[i]);
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
static void keep(struct review *r, const char *key, const struct strv *subjects)
{
	struct buf text = BUF_INIT;

	if (!r->engine->store || repo_is_shallow(r->repo))
		return;
	buf_adds(&text, "");
	for (size_t i = 0; i < subjects->n; i++)
		buf_addf(&text, "%s\n", subjects->v[i]);
	store_put(r->engine->store, "subjects", key, text.p, text.len);
	buf_release(&text);
}

static int read_history(struct review *r, const char *commit, const struct strv *paths,
			struct strv *subjects, struct err *err)
{
	char *key = make_key(commit, paths);
	struct buf kept = BUF_INIT;
	int rc = 0;

	if (r->engine->store && store_get(r->engine->store, "subjects", key, &kept)) {
		split_lines(&kept, subjects);
	} else {
		rc = repo_subjects(r->repo, commit, paths, HISTORY, LOOK, subjects, err);
		if (!rc)
			keep(r, key, subjects);
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

static int check_patch(struct review *r, size_t i, const char *commit, struct err *err)
{
	const struct series_patch *p = review_patch(r, i);
	struct strv paths = STRV_INIT, subjects = STRV_INIT;
	int rc = 0;

	if (!p->subject || !strncmp(p->subject, "Revert ", 7) || !strncmp(p->subject, "Merge ", 6))
		return 0;
	changed_paths(r, i, &paths);
	if (paths.n)
		rc = read_history(r, commit, &paths, &subjects, err);
	if (!rc)
		judge(r, i, &subjects);
	strv_release(&paths);
	strv_release(&subjects);
	return rc;
}

int check_subject(struct review *r, struct err *err)
{
	char commit[OID_HEX];
	int rc = review_base_commit(r, commit, err);

	if (rc)
		return rc < 0 ? -1 : 0;
	for (size_t i = 0; !rc && i < r->lint->n; i++)
		rc = check_patch(r, i, commit, err);
	return rc;
}
