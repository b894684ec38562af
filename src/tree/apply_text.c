// SPDX-License-Identifier: GPL-2.0-only
#include "apply_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "snapshot.h"

/* Lines that follow each other: some of the old text, or what a hunk wrote. */
struct run {
	size_t n;
	bool written;
	size_t first; /* of old text: its first line, from 0; written: offset in added */
	size_t len;   /* written: bytes */
};

struct image {
	const char *p;
	size_t len;
	uint32_t *start; /* offset of each line, and of the end */
	struct run *runs;
	size_t n, cap;
	size_t lines; /* in all runs */
	struct buf added;
	size_t *work;
};

/* A line of the image: number LINE, the one after OFF others in a run. */
struct place {
	size_t run, off, line;
	bool ok; /* there is one */
};

/* What a hunk wants to see, and how. */
struct wanted {
	struct buf old;
	size_t n;        /* lines of it */
	size_t n_new;    /* lines that replace them, at the end of the image's added */
	size_t trailing; /* lines of context at its end */
	bool open;       /* the last line has no line end */
	bool changes;
};

static void image_init(struct image *img, const char *p, size_t len, size_t *work)
{
	size_t n = 0, cap = len / 24 + 2;

	*img = (struct image){ .p = p, .len = len, .work = work };
	img->added.max = READER_MAX;
	img->start = xreallocarray(NULL, cap, sizeof(*img->start));
	for (size_t pos = 0; pos < len;) {
		const char *nl = memchr(p + pos, '\n', len - pos);

		if (n + 1 >= cap)
			img->start = xreallocarray(img->start, cap *= 2, sizeof(*img->start));
		img->start[n++] = (uint32_t)pos;
		pos = nl ? (size_t)(nl - p) + 1 : len;
	}
	img->start[n] = (uint32_t)len;
	img->lines = n;
	if (n) {
		GROW(img->runs, img->n, img->cap);
		img->runs[img->n++] = (struct run){ .n = n };
	}
}

static void image_release(struct image *img)
{
	free(img->start);
	free(img->runs);
	buf_release(&img->added);
}

static void spend(struct image *img, size_t work)
{
	*img->work -= work < *img->work ? work : *img->work;
}

static void read_hunk(const struct diff_hunk *h, struct image *img, struct wanted *w)
{
	struct diff_line line;
	size_t pos = 0;

	/* What is longer than the file cannot fit. */
	*w = (struct wanted){ .old = BUF_INIT_MAX(img->len) };
	buf_add(&w->old, "", 0);
	while (diff_hunk_next(h, &pos, &line)) {
		if (line.kind != '+') {
			buf_add(&w->old, line.p, line.n);
			if (!line.no_eol)
				buf_addc(&w->old, '\n');
			w->open = line.no_eol;
			w->n++;
		}
		if (line.kind != '-') {
			buf_add(&img->added, line.p, line.n);
			if (!line.no_eol)
				buf_addc(&img->added, '\n');
			w->n_new++;
		}
		w->changes |= line.kind != ' ';
		w->trailing = line.kind == ' ' ? w->trailing + 1 : 0;
	}
}

/* Where line number LINE is; the search begins at the end, where hunks mostly go. */
static struct place locate(struct image *img, size_t line)
{
	struct place at = { img->n, 0, img->lines, true };

	while (at.line > line) {
		at.run--;
		at.line -= img->runs[at.run].n;
		spend(img, 1);
	}
	at.off = line - at.line;
	at.line = line;
	return at;
}

/* On to the first line from here that is old text. */
static void skip_written(const struct image *img, struct place *at)
{
	while (at->run < img->n &&
	       (img->runs[at->run].written || at->off >= img->runs[at->run].n)) {
		at->line += img->runs[at->run].n - at->off;
		at->run++;
		at->off = 0;
	}
	at->ok = at->run < img->n;
}

/* Back to the last line before this one that is old text. */
static void step_back(const struct image *img, struct place *at)
{
	while (!at->off) {
		if (!at->run) {
			at->ok = false;
			return;
		}
		at->run--;
		at->off = img->runs[at->run].n;
		if (img->runs[at->run].written) {
			at->line -= at->off;
			at->off = 0;
		}
	}
	at->off--;
	at->line--;
}

static bool is_space(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!p[i] || !strchr(" \t\r\n", p[i]))
			return false;
	return true;
}

/*
 * Whether the text stands there.  A last line without a line end, in a hunk
 * that need not be the file's end, is also found where blanks or a line end
 * follow, and swallows these: so does git.
 */
static bool fits(struct image *img, const struct wanted *w, const struct place *at)
{
	const struct run *run = &img->runs[at->run];
	size_t from, len;

	spend(img, 1);
	if (!at->ok || run->written || w->n > run->n - at->off)
		return false;
	from = img->start[run->first + at->off];
	len = img->start[run->first + at->off + w->n] - from;
	if (w->open && w->trailing && len > w->old.len &&
	    is_space(img->p + from + w->old.len, len - w->old.len))
		len = w->old.len;
	if (len != w->old.len)
		return false;
	spend(img, len / 16);
	return !memcmp(img->p + from, w->old.p, len);
}

/* The nearest place to line WANT. */
static bool search(struct image *img, const struct wanted *w, size_t want, struct place *at)
{
	struct place later = locate(img, want), earlier = later;

	skip_written(img, &later);
	step_back(img, &earlier);
	while ((later.ok || earlier.ok) && *img->work) {
		bool forward =
			later.ok && (!earlier.ok || later.line - want <= want - earlier.line);

		*at = forward ? later : earlier;
		if (fits(img, w, at))
			return true;
		if (forward) {
			later.off++;
			later.line++;
			skip_written(img, &later);
		} else {
			step_back(img, &earlier);
		}
	}
	return false;
}

static bool find(struct image *img, const struct diff_hunk *h, const struct wanted *w, size_t want,
		 struct place *at)
{
	bool first = h->old_start <= 1, last = !w->trailing;

	if (!*img->work || w->old.over || w->n > img->lines ||
	    (first && last && w->n != img->lines))
		return false;
	if (!first && !last)
		return search(img, w, want < img->lines ? want : img->lines, at);
	*at = locate(img, first ? 0 : img->lines - w->n);
	return !w->n || fits(img, w, at);
}

static void add_run(struct run *runs, size_t *n, struct run run)
{
	if (run.n)
		runs[(*n)++] = run;
}

/* Put what was added last in the place of the lines that were found. */
static void replace(struct image *img, const struct place *at, const struct wanted *w, size_t from)
{
	struct run old = { 0 }, put[3];
	size_t taken = at->run < img->n, n = 0;

	if (taken)
		old = img->runs[at->run];
	add_run(put, &n, (struct run){ .n = at->off, .first = old.first });
	add_run(put, &n,
		(struct run){ .n = w->n_new,
			      .written = true,
			      .first = from,
			      .len = img->added.len - from });
	add_run(put, &n,
		(struct run){ .n = old.n - at->off - w->n, .first = old.first + at->off + w->n });
	for (size_t i = 0; i < 2; i++)
		GROW(img->runs, img->n + i, img->cap);
	spend(img, img->n - at->run);
	memmove(img->runs + at->run + n, img->runs + at->run + taken,
		(img->n - at->run - taken) * sizeof(*img->runs));
	memcpy(img->runs + at->run, put, n * sizeof(*put));
	img->n += n - taken;
	img->lines += w->n_new - w->n;
}

static char *why_not(const struct image *img, const struct diff_file *f, size_t i,
		     const struct wanted *w)
{
	if (!w->changes)
		return xasprintf("hunk %zu of %zu changes nothing", i + 1, f->n_hunks);
	if (!*img->work)
		return xasprintf("there are too many places to look at for hunk %zu of %zu", i + 1,
				 f->n_hunks);
	if (f->hunks[i].old_start <= 1 && img->lines)
		return xasprintf("hunk %zu of %zu does not fit at the beginning of the file", i + 1,
				 f->n_hunks);
	if (!w->trailing && img->lines)
		return xasprintf("hunk %zu of %zu does not fit at the end of the file", i + 1,
				 f->n_hunks);
	return xasprintf("hunk %zu of %zu does not fit at line %lu nor anywhere else", i + 1,
			 f->n_hunks, f->hunks[i].old_start);
}

static int apply_hunk(struct image *img, const struct diff_file *f, size_t i, struct patched *out)
{
	const struct diff_hunk *h = &f->hunks[i];
	size_t want = h->new_start ? h->new_start - 1 : 0, from = img->added.len;
	struct wanted w;
	struct place at;
	int rc = 0;

	read_hunk(h, img, &w);
	if (img->added.over) {
		out->reason = xasprintf("becomes larger than %zu bytes", READER_MAX);
		rc = 1;
	} else if (!w.changes || !find(img, h, &w, want, &at)) {
		out->reason = why_not(img, f, i, &w);
		out->hunk = i + 1;
		rc = 1;
	} else {
		out->moved |= at.line != want;
		replace(img, &at, &w, from);
	}
	buf_release(&w.old);
	return rc;
}

static void join(const struct image *img, struct buf *out)
{
	for (size_t i = 0; i < img->n; i++) {
		const struct run *r = &img->runs[i];

		if (r->written)
			buf_add(out, img->added.p + r->first, r->len);
		else
			buf_add(out, img->p + img->start[r->first],
				img->start[r->first + r->n] - img->start[r->first]);
	}
}

int patch_text(const struct diff_file *f, const char *p, size_t len, size_t *work,
	       struct patched *out)
{
	struct image img;
	int rc = 0;

	image_init(&img, p, len, work);
	for (size_t i = 0; !rc && i < f->n_hunks; i++)
		rc = apply_hunk(&img, f, i, out);
	if (!rc) {
		out->text.max = READER_MAX;
		join(&img, &out->text);
		buf_add(&out->text, "", 0);
	}
	if (!rc && out->text.over) {
		out->reason = xasprintf("becomes larger than %zu bytes", READER_MAX);
		rc = 1;
	}
	image_release(&img);
	return rc;
}

void patched_release(struct patched *p)
{
	buf_release(&p->text);
	free(p->reason);
	*p = (struct patched)PATCHED_INIT;
}
