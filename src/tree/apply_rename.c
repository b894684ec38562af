// SPDX-License-Identifier: GPL-2.0-only
#include "apply_rename.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "repo_merge.h"
#include "snapshot.h"

#define EMPTY_BLOB "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
#define FULL 60000 /* score of equal files */
#define MIN_SCORE (FULL / 2)
#define MIN_SAME_NAME (FULL / 4 * 3)
#define MAX_PAIRS ((size_t)7000 * 7000)
#define BEST 4 /* candidates that are kept for a file */

/* The lines of a file, of at most 64 bytes each: how many bytes of each. */
struct lines {
	struct line {
		uint64_t hash;
		size_t bytes;
	} * v;
	size_t n, cap;
	size_t size;
};

struct pair {
	struct rename_file *from, *to;
	unsigned int score;
	bool same_name;
	size_t order;
};

struct pairs {
	struct pair *v;
	size_t n, cap;
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_file(const struct rename_file *f)
{
	return (f->mode & MODE_TYPE) == MODE_FILE;
}

static bool same_name(const struct rename_file *a, const struct rename_file *b)
{
	return !strcmp(base_name(a->path), base_name(b->path));
}

static bool same_blob(const struct rename_file *from, const struct rename_file *to)
{
	return !strcmp(from->blob, to->blob) &&
	       ((is_file(from) && is_file(to)) || from->mode == to->mode);
}

static void couple(struct rename_file *from, struct rename_file *to)
{
	from->other = to;
	to->other = from;
}

static bool is_empty(const struct rename_file *f)
{
	return !strcmp(f->blob, EMPTY_BLOB);
}

/* Pointers to all files, sorted. */
static struct rename_file **sorted(struct rename_files *files,
				   int (*order)(const void *a, const void *b))
{
	struct rename_file **v = xreallocarray(NULL, files->n, sizeof(*v));

	for (size_t i = 0; i < files->n; i++)
		v[i] = &files->v[i];
	qsort(v, files->n, sizeof(*v), order);
	return v;
}

/* The same blobs in the order of the tree. */
static int by_blob(const void *a, const void *b)
{
	const struct rename_file *p = *(struct rename_file *const *)a;
	const struct rename_file *q = *(struct rename_file *const *)b;
	int order = strcmp(p->blob, q->blob);

	return order ? order : (p > q) - (p < q);
}

static int by_base_name(const void *a, const void *b)
{
	const struct rename_file *p = *(struct rename_file *const *)a;
	const struct rename_file *q = *(struct rename_file *const *)b;

	return strcmp(base_name(p->path), base_name(q->path));
}

/* The first of V whose blob is not before that one. */
static size_t find_blob(struct rename_file **v, size_t n, const char *blob)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;

		if (strcmp(v[mid]->blob, blob) < 0)
			low = mid + 1;
		else
			n = mid;
	}
	return low;
}

static void find_same(struct rename_files *from, struct rename_files *to)
{
	struct rename_file **v = sorted(from, by_blob);

	for (size_t i = 0; i < to->n; i++) {
		struct rename_file *t = &to->v[i], *best = NULL;

		for (size_t k = find_blob(v, from->n, t->blob);
		     k < from->n && !strcmp(v[k]->blob, t->blob); k++) {
			if (v[k]->other || is_empty(t) || !same_blob(v[k], t))
				continue;
			if (!best || (same_name(v[k], t) && !same_name(best, t)))
				best = v[k];
		}
		if (best)
			couple(best, t);
	}
	free(v);
}

static int by_hash(const void *a, const void *b)
{
	uint64_t p = ((const struct line *)a)->hash, q = ((const struct line *)b)->hash;

	return (p > q) - (p < q);
}

static void add_line(struct lines *l, uint64_t hash, size_t bytes)
{
	GROW(l->v, l->n, l->cap);
	l->v[l->n++] = (struct line){ hash, bytes };
}

/* Equal lines become one. */
static void gather(struct lines *l)
{
	size_t n = 0;

	if (!l->n)
		return;
	qsort(l->v, l->n, sizeof(*l->v), by_hash);
	for (size_t i = 1; i < l->n; i++) {
		if (l->v[i].hash == l->v[n].hash)
			l->v[n].bytes += l->v[i].bytes;
		else
			l->v[++n] = l->v[i];
	}
	l->n = n + 1;
}

/* As git 2.39, the CR before a LF is left out in text, and so is what follows the last line. */
static void split(const char *p, size_t len, struct lines *l)
{
	bool text = !memchr(p, 0, len < 8000 ? len : 8000);
	uint64_t hash = 0xcbf29ce484222325;
	size_t bytes = 0;

	*l = (struct lines){ .size = len };
	for (size_t i = 0; i < len; i++) {
		if (text && p[i] == '\r' && i + 1 < len && p[i + 1] == '\n')
			continue;
		hash = (hash ^ (unsigned char)p[i]) * 0x100000001b3;
		if (++bytes < 64 && p[i] != '\n')
			continue;
		add_line(l, hash, bytes);
		hash = 0xcbf29ce484222325;
		bytes = 0;
	}
	gather(l);
}

static int read_lines(struct repo *repo, const struct rename_file *f, struct lines *l,
		      struct err *err)
{
	struct blob blob;

	if (repo_read_blob(repo, f->blob, f->path, &blob, err))
		return -1;
	split(blob.p, blob.len, l);
	blob_release(&blob);
	return 0;
}

static unsigned int score(const struct lines *from, const struct lines *to)
{
	size_t same = 0, i = 0, k = 0, larger = from->size > to->size ? from->size : to->size;

	while (i < from->n && k < to->n) {
		const struct line *a = &from->v[i], *b = &to->v[k];

		if (a->hash == b->hash)
			same += a->bytes < b->bytes ? a->bytes : b->bytes;
		i += a->hash <= b->hash;
		k += b->hash <= a->hash;
	}
	return larger ? (unsigned int)(same * FULL / larger) : 0;
}

/* Whether the sizes allow for that score. */
static bool sizes_fit(const struct rename_file *a, const struct rename_file *b, size_t min)
{
	size_t larger = a->size > b->size ? a->size : b->size;
	size_t smaller = a->size > b->size ? b->size : a->size;

	return smaller && larger <= READER_MAX &&
	       larger * (FULL - min) >= (larger - smaller) * FULL;
}

static int compare(struct repo *repo, const struct rename_file *from, const struct rename_file *to,
		   unsigned int *result, struct err *err)
{
	struct lines a = { .n = 0 }, b = { .n = 0 };
	int rc = read_lines(repo, from, &a, err);

	if (!rc)
		rc = read_lines(repo, to, &b, err);
	if (!rc)
		*result = score(&a, &b);
	free(a.v);
	free(b.v);
	return rc;
}

/*
 * The only file from *POS on that has that name and no pair yet; NULL when there
 * are none or several.  *POS goes on to the next name.
 */
static struct rename_file *only_one(struct rename_file **v, size_t n, size_t *pos, const char *name)
{
	struct rename_file *found = NULL;
	size_t open = 0;

	while (*pos < n && strcmp(base_name(v[*pos]->path), name) < 0)
		++*pos;
	for (; *pos < n && !strcmp(base_name(v[*pos]->path), name); ++*pos)
		if (!v[*pos]->other && !is_empty(v[*pos])) {
			found = v[*pos];
			open++;
		}
	return open == 1 ? found : NULL;
}

static int measure(struct repo *repo, struct rename_file *f, struct err *err)
{
	return f->size ? 0 : repo_blob_size(repo, f->blob, &f->size, err);
}

static int couple_if_alike(struct repo *repo, struct rename_file *from, struct rename_file *to,
			   struct err *err)
{
	unsigned int alike = 0;

	if (!is_file(from) || !is_file(to))
		return 0;
	if (measure(repo, from, err) || measure(repo, to, err))
		return -1;
	if (sizes_fit(from, to, MIN_SAME_NAME) && compare(repo, from, to, &alike, err))
		return -1;
	if (alike >= MIN_SAME_NAME)
		couple(from, to);
	return 0;
}

static int find_same_name(struct repo *repo, struct rename_files *from, struct rename_files *to,
			  struct err *err)
{
	struct rename_file **v = sorted(from, by_base_name), **w = sorted(to, by_base_name);
	size_t i = 0, k = 0;
	int rc = 0;

	while (!rc && i < from->n) {
		const char *name = base_name(v[i]->path);
		struct rename_file *f = only_one(v, from->n, &i, name);
		struct rename_file *t = only_one(w, to->n, &k, name);

		if (f && t)
			rc = couple_if_alike(repo, f, t, err);
	}
	free(v);
	free(w);
	return rc;
}

/* Keep the best of what TO can have been. */
static void keep_best(struct pairs *pairs, size_t first, struct pair pair)
{
	size_t worst = first;

	if (pairs->n - first < BEST) {
		GROW(pairs->v, pairs->n, pairs->cap);
		pairs->v[pairs->n++] = pair;
		return;
	}
	for (size_t i = first + 1; i < pairs->n; i++)
		if (pairs->v[i].score < pairs->v[worst].score ||
		    (pairs->v[i].score == pairs->v[worst].score && !pairs->v[i].same_name))
			worst = i;
	if (pair.score > pairs->v[worst].score ||
	    (pair.score == pairs->v[worst].score && pair.same_name > pairs->v[worst].same_name))
		pairs->v[worst] = pair;
}

static int score_all(struct repo *repo, struct rename_files *from, const struct lines *lines,
		     struct rename_file *to, struct pairs *pairs, struct err *err)
{
	struct lines l = { .n = 0 };
	size_t first = pairs->n;
	int rc = 0;

	for (size_t i = 0; !rc && i < from->n; i++) {
		struct rename_file *f = &from->v[i];

		if (f->other || !is_file(f) || is_empty(f) || !sizes_fit(f, to, MIN_SCORE))
			continue;
		if (!l.size)
			rc = read_lines(repo, to, &l, err);
		if (!rc)
			keep_best(pairs, first,
				  (struct pair){ f, to, score(&lines[i], &l), same_name(f, to),
						 pairs->n });
	}
	free(l.v);
	return rc;
}

static int by_score(const void *a, const void *b)
{
	const struct pair *p = a, *q = b;

	if (p->score != q->score)
		return p->score < q->score ? 1 : -1;
	if (p->same_name != q->same_name)
		return p->same_name ? -1 : 1;
	return (p->order > q->order) - (p->order < q->order);
}

static void take_best(struct pairs *pairs)
{
	if (pairs->n)
		qsort(pairs->v, pairs->n, sizeof(*pairs->v), by_score);
	for (size_t i = 0; i < pairs->n && pairs->v[i].score >= MIN_SCORE; i++)
		if (!pairs->v[i].from->other && !pairs->v[i].to->other)
			couple(pairs->v[i].from, pairs->v[i].to);
}

static size_t count_open(const struct rename_files *files)
{
	size_t n = 0;

	for (size_t i = 0; i < files->n; i++)
		n += !files->v[i].other && !is_empty(&files->v[i]);
	return n;
}

static int find_alike(struct repo *repo, struct rename_files *from, struct rename_files *to,
		      struct err *err)
{
	struct lines *lines = xcalloc(from->n, sizeof(*lines));
	struct pairs pairs = { NULL, 0, 0 };
	int rc = 0;

	for (size_t i = 0; !rc && i < from->n; i++) {
		struct rename_file *f = &from->v[i];

		if (f->other || !is_file(f) || is_empty(f))
			continue;
		rc = measure(repo, f, err);
		if (!rc)
			rc = read_lines(repo, f, &lines[i], err);
	}
	for (size_t i = 0; !rc && i < to->n; i++) {
		if (to->v[i].other || !is_file(&to->v[i]) || is_empty(&to->v[i]))
			continue;
		rc = measure(repo, &to->v[i], err);
		if (!rc)
			rc = score_all(repo, from, lines, &to->v[i], &pairs, err);
	}
	if (!rc)
		take_best(&pairs);
	for (size_t i = 0; i < from->n; i++)
		free(lines[i].v);
	free(lines);
	free(pairs.v);
	return rc;
}

int rename_find(struct repo *repo, struct rename_files *from, struct rename_files *to,
		struct err *err)
{
	size_t open;

	find_same(from, to);
	if (!count_open(from))
		return 0;
	if (find_same_name(repo, from, to, err))
		return -1;
	open = count_open(from);
	if (!open || count_open(to) > MAX_PAIRS / open)
		return 0;
	return find_alike(repo, from, to, err);
}
