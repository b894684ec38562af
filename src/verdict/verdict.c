// SPDX-License-Identifier: GPL-2.0-only
#include "verdict.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "introduced", "fixed", "same", "changed", "moved" };

	return names[verdict];
}

struct pairing {
	const struct findings *before, *after;
	const struct renamed *renames;
	size_t n_renames;
	struct verdicts *out;
};

typedef bool pair_test(const struct pairing *p, const struct finding *a, const struct finding *b);

/* The name that a path has after the change. */
static const char *new_path(const struct pairing *p, const char *path)
{
	for (size_t i = 0; i < p->n_renames; i++)
		if (!strcmp(p->renames[i].from, path))
			return p->renames[i].to;
	return path;
}

static bool same_text(const struct finding *a, const struct finding *b)
{
	/* A finding about a whole function has no text: the name stands for it. */
	return a->identity && b->identity && !strcmp(a->identity, b->identity) &&
	       (*a->identity || !strcmp(a->function, b->function));
}

static bool same_fingerprint(const struct pairing *p, const struct finding *a,
			     const struct finding *b)
{
	(void)p;
	return !strcmp(a->fingerprint, b->fingerprint);
}

static bool same_in_renamed(const struct pairing *p, const struct finding *a,
			    const struct finding *b)
{
	return !strcmp(new_path(p, a->path), b->path) && !strcmp(a->rule, b->rule) &&
	       !strcmp(a->function, b->function) && same_text(a, b);
}

static bool same_place(const struct pairing *p, const struct finding *a, const struct finding *b)
{
	return !strcmp(new_path(p, a->path), b->path) && !strcmp(a->rule, b->rule) &&
	       !strcmp(a->function, b->function);
}

static bool same_elsewhere(const struct pairing *p, const struct finding *a,
			   const struct finding *b)
{
	(void)p;
	return !strcmp(a->rule, b->rule) && same_text(a, b);
}

static void pair(struct pairing *p, pair_test *test, enum verdict verdict)
{
	struct verdicts *out = p->out;

	for (size_t i = 0; i < p->after->n; i++) {
		if (out->was[i] != VERDICT_ALONE)
			continue;
		for (size_t j = 0; j < p->before->n; j++) {
			if (out->before[j] != VERDICT_FIXED ||
			    !test(p, &p->before->v[j], &p->after->v[i]))
				continue;
			out->was[i] = j;
			out->before[j] = out->after[i] = verdict;
			break;
		}
	}
}

void verdict_pair(const struct findings *before, const struct findings *after,
		  const struct renamed *renames, size_t n_renames, struct verdicts *out)
{
	struct pairing p = { before, after, renames, n_renames, out };

	out->before = xcalloc(before->n, sizeof(*out->before));
	out->after = xcalloc(after->n, sizeof(*out->after));
	out->was = xcalloc(after->n, sizeof(*out->was));
	for (size_t i = 0; i < before->n; i++)
		out->before[i] = VERDICT_FIXED;
	for (size_t i = 0; i < after->n; i++) {
		out->after[i] = VERDICT_INTRODUCED;
		out->was[i] = VERDICT_ALONE;
	}
	pair(&p, same_fingerprint, VERDICT_SAME);
	pair(&p, same_in_renamed, VERDICT_MOVED);
	pair(&p, same_place, VERDICT_CHANGED);
	pair(&p, same_elsewhere, VERDICT_MOVED);
}

void verdicts_release(struct verdicts *v)
{
	free(v->before);
	free(v->after);
	free(v->was);
}
