// SPDX-License-Identifier: GPL-2.0-only
#include "finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

const char *severity_name(enum severity severity)
{
	switch (severity) {
	case SEVERITY_NOTE:
		return "note";
	case SEVERITY_WARNING:
		return "warning";
	case SEVERITY_ERROR:
		break;
	}
	return "error";
}

struct finding *findings_add(struct findings *fs, const struct finding *f)
{
	GROW(fs->v, fs->n, fs->cap);
	fs->v[fs->n] = *f;
	return &fs->v[fs->n++];
}

struct unseen *findings_add_unseen(struct findings *fs, const struct unseen *u)
{
	GROW(fs->unseen, fs->n_unseen, fs->cap_unseen);
	fs->unseen[fs->n_unseen] = *u;
	return &fs->unseen[fs->n_unseen++];
}

void findings_move(struct findings *to, struct findings *from)
{
	for (size_t i = 0; i < from->n; i++)
		findings_add(to, &from->v[i]);
	for (size_t i = 0; i < from->n_unseen; i++)
		findings_add_unseen(to, &from->unseen[i]);
	free(from->v);
	free(from->unseen);
	*from = (struct findings){ NULL, 0, 0, NULL, 0, 0 };
}

void finding_release(struct finding *f)
{
	free(f->rule);
	free(f->path);
	free(f->lines);
	free(f->function);
	free(f->message);
	free(f->snippet);
	free(f->identity);
	free(f->rev);
}

void unseen_release(struct unseen *u)
{
	free(u->rule);
	free(u->path);
	free(u->function);
	free(u->reason);
	free(u->rev);
}

void findings_release(struct findings *fs)
{
	for (size_t i = 0; i < fs->n; i++)
		finding_release(&fs->v[i]);
	for (size_t i = 0; i < fs->n_unseen; i++)
		unseen_release(&fs->unseen[i]);
	free(fs->v);
	free(fs->unseen);
	*fs = (struct findings){ NULL, 0, 0, NULL, 0, 0 };
}

static int compare_findings(const void *pa, const void *pb)
{
	const struct finding *a = pa, *b = pb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = (a->line > b->line) - (a->line < b->line);
	if (!c)
		c = strcmp(a->rule, b->rule);
	if (!c)
		c = (a->column > b->column) - (a->column < b->column);
	return c ? c : strcmp(a->message, b->message);
}

static int compare_unseen(const void *pa, const void *pb)
{
	const struct unseen *a = pa, *b = pb;
	int c = strcmp(a->path, b->path);

	if (!c)
		c = (a->line > b->line) - (a->line < b->line);
	if (!c)
		c = strcmp(a->function, b->function);
	if (!c)
		c = strcmp(a->reason, b->reason);
	return c ? c : strcmp(a->rule, b->rule);
}

static bool same_place(const struct unseen *a, const struct unseen *b)
{
	return !strcmp(a->path, b->path) && a->line == b->line &&
	       !strcmp(a->function, b->function) && !strcmp(a->reason, b->reason);
}

/* Several rules may stumble over one place: said once, the rules listed. */
static void merge_unseen(struct findings *fs)
{
	size_t out = 0;

	for (size_t i = 0; i < fs->n_unseen; i++) {
		struct unseen *u = &fs->unseen[i], *last = out ? &fs->unseen[out - 1] : NULL;

		if (!last || !same_place(last, u)) {
			fs->unseen[out++] = *u;
			continue;
		}
		if (!strstr(last->rule, u->rule)) {
			char *both = xasprintf("%s, %s", last->rule, u->rule);

			free(last->rule);
			last->rule = both;
		}
		unseen_release(u);
	}
	fs->n_unseen = out;
}

static bool same_identity(const struct finding *a, const struct finding *b)
{
	return !strcmp(a->rule, b->rule) && !strcmp(a->path, b->path) &&
	       !strcmp(a->function, b->function) && !strcmp(a->identity, b->identity);
}

static void set_fingerprint(struct findings *fs, size_t i)
{
	struct finding *f = &fs->v[i];
	struct buf text = BUF_INIT;
	int ordinal = 0;

	for (size_t j = 0; j < i; j++)
		ordinal += same_identity(&fs->v[j], f);
	buf_addf(&text, "%s\n%s\n%s\n%s\n%d", f->rule, f->path, f->function, f->identity, ordinal);
	blob_id(text.p, text.len, f->fingerprint);
	buf_release(&text);
}

void findings_finish(struct findings *fs)
{
	size_t out = 0;

	if (fs->n)
		qsort(fs->v, fs->n, sizeof(*fs->v), compare_findings);
	if (fs->n_unseen)
		qsort(fs->unseen, fs->n_unseen, sizeof(*fs->unseen), compare_unseen);
	for (size_t i = 0; i < fs->n; i++) {
		if (out && !compare_findings(&fs->v[out - 1], &fs->v[i]))
			finding_release(&fs->v[i]);
		else
			fs->v[out++] = fs->v[i];
	}
	fs->n = out;
	merge_unseen(fs);
	for (size_t i = 0; i < fs->n; i++)
		set_fingerprint(fs, i);
}
