// SPDX-License-Identifier: GPL-2.0-only
#include "refactor.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/source.h"
#include "engine/spatch.h"
#include "tree/repo_diff.h"

/* A text as lines that can be taken away and put in. */
struct lines {
	struct strv v;
	bool no_newline; /* the last line has no line break */
};

static void lines_init(struct lines *l, const char *text, size_t len)
{
	const char *p = text, *end = text + len;

	*l = (struct lines){ STRV_INIT, len && end[-1] != '\n' };
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t n = nl ? (size_t)(nl - p) : (size_t)(end - p);

		strv_take(&l->v, xstrndup(p, n));
		p += n + 1;
	}
}

static char *lines_join(const struct lines *l, size_t *len)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < l->v.n; i++) {
		buf_adds(&text, l->v.v[i]);
		if (i + 1 < l->v.n || !l->no_newline)
			buf_addc(&text, '\n');
	}
	buf_adds(&text, "");
	*len = text.len;
	return buf_detach(&text);
}

static void lines_remove(struct lines *l, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		free(l->v.v[i]);
	memmove(l->v.v + at, l->v.v + at + n, (l->v.n - at - n + 1) * sizeof(*l->v.v));
	l->v.n -= n;
}

/* Put whole lines of text before line index AT, with the line ends of the file. */
static void lines_insert(struct lines *l, size_t at, const char *text)
{
	bool crlf = at < l->v.n && strchr(l->v.v[at], '\r');
	struct lines new, old = *l;

	lines_init(&new, text, strlen(text));
	for (size_t i = 0; crlf && i < new.v.n; i++) {
		char *line = xasprintf("%s\r", new.v.v[i]);

		free(new.v.v[i]);
		new.v.v[i] = line;
	}
	l->v = (struct strv)STRV_INIT;
	for (size_t i = 0; i < at; i++)
		strv_take(&l->v, old.v.v[i]);
	for (size_t i = 0; i < new.v.n; i++)
		strv_take(&l->v, new.v.v[i]);
	for (size_t i = at; i < old.v.n; i++)
		strv_take(&l->v, old.v.v[i]);
	free(old.v.v);
	free(new.v.v);
}

static const char *skip_space(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	return n >= m && !memcmp(s + n - m, end, m);
}

/*
 * The comment that ends on the line directly above index AT, when it has its
 * lines for itself: its first line's index, or AT when there is none.
 */
static size_t comment_above(const struct lines *l, size_t at)
{
	size_t i = at;

	if (!i || !ends_with(l->v.v[i - 1], "*/"))
		return at;
	while (i-- > 0) {
		const char *line = l->v.v[i], *open = strstr(line, "/*");

		if (open)
			return open == skip_space(line) ? i : at;
	}
	return at;
}

/* The text of lines [from, to), each without the blanks around it. */
static char *comment_text(const struct lines *l, size_t from, size_t to)
{
	struct buf text = BUF_INIT;

	for (size_t i = from; i < to; i++) {
		const char *s = skip_space(l->v.v[i]);
		size_t n = strlen(s);

		while (n && isspace((unsigned char)s[n - 1]))
			n--;
		if (i > from)
			buf_addc(&text, '\n');
		buf_add(&text, s, n);
	}
	buf_adds(&text, "");
	return buf_detach(&text);
}

/* Take away the stale comment directly above index AT; how many lines that were. */
static size_t drop_comment(struct lines *l, size_t at, const struct refactor *r, const char *path,
			   struct strv *notes)
{
	size_t from = comment_above(l, at);
	char *text;
	bool stale;

	if (from == at || !r->stale_comments.n)
		return 0;
	text = comment_text(l, from, at);
	stale = strv_has(&r->stale_comments, text);
	if (stale)
		lines_remove(l, from, at - from);
	else
		strv_take(notes, xasprintf("%s:%zu: the comment above the converted site was kept; "
					   "does it still hold?",
					   path, from + 1));
	free(text);
	return stale ? at - from : 0;
}

/* Stale comments that stand elsewhere are kept, and told. */
static void note_other_comments(const struct lines *l, const struct refactor *r, const char *path,
				struct strv *notes)
{
	for (size_t i = 0; i < l->v.n; i++) {
		size_t from;
		char *text;

		if (!ends_with(l->v.v[i], "*/"))
			continue;
		from = comment_above(l, i + 1);
		if (from > i)
			continue;
		text = comment_text(l, from, i + 1);
		if (strv_has(&r->stale_comments, text))
			strv_take(notes,
				  xasprintf("%s:%zu: the comment that the refactor makes stale "
					    "stands here too, away from a converted site",
					    path, from + 1));
		free(text);
	}
}

static void add_site(struct refactored *out, const struct source *before,
		     const struct line_change *c)
{
	const struct function *fn = source_function_at(before, c->old_line);
	struct site *s = &out->sites[out->n_sites++];

	s->line = c->old_line;
	s->end_line = c->old_line + (c->old_count ? c->old_count - 1 : 0);
	s->function = xstrdup(fn ? fn->name : "");
}

/* Where the declaration begins whose name stands at a line index. */
static size_t declaration_begin(const struct lines *l, size_t at)
{
	while (at > 0) {
		const char *above = l->v.v[at - 1];

		if (!*skip_space(above) || *skip_space(above) == '#' || ends_with(above, ";") ||
		    ends_with(above, "}") || ends_with(above, "*/") || ends_with(above, ")"))
			break;
		at--;
	}
	return at;
}

/* Put a helper in its place; a reason when that is not there. */
static char *insert_helper(struct lines *l, const struct helper *h)
{
	const struct function *fn;
	struct source src;
	char *text, *reason = NULL;
	size_t len, at;

	text = lines_join(l, &len);
	source_init(&src, text, len);
	fn = source_function(&src, h->before_function);
	if (source_function(&src, h->name)) {
		/* It is there already: a branch that was converted in part. */
	} else if (!fn) {
		reason = xasprintf("the helper %s() goes before %s(), which %s does not have",
				   h->name, h->before_function, h->file);
	} else {
		at = declaration_begin(l, (size_t)fn->line - 1);
		lines_insert(l, comment_above(l, at), h->text);
	}
	source_release(&src);
	free(text);
	return reason;
}

static char *insert_helpers(struct lines *l, const struct refactor *r, const char *path)
{
	for (size_t i = 0; i < r->n_helpers; i++) {
		char *reason;

		if (strcmp(r->helpers[i].file, path) != 0)
			continue;
		reason = insert_helper(l, &r->helpers[i]);
		if (reason)
			return reason;
	}
	return NULL;
}

/* What the semantic patch makes of the text, NULL for no change. */
static int run_patch(struct spatch *spatch, const struct refactor *r, const char *text, size_t len,
		     char **changed, struct err *err)
{
	static const char *const extra[] = { "--no-show-diff", NULL };
	struct spatch_run run = {
		.cocci = r->cocci.text,
		.options = &r->cocci.options,
		.mode = "patch",
		.extra = extra,
		.texts = &text,
		.lens = &len,
		.n = 1,
		.in_place = true,
	};
	struct spatch_output out = SPATCH_OUTPUT_INIT;
	char *failure = NULL;
	int rc;

	*changed = NULL;
	rc = spatch_run(spatch, &run, &out, err);
	if (!rc) {
		failure = spatch_failure(&out);
		if (failure)
			rc = err_status(err, STATUS_INCOMPLETE, "%s: %s", r->cocci.path, failure);
		else if (out.changed[0])
			*changed = xstrdup(out.changed[0]);
	}
	free(failure);
	spatch_output_release(&out);
	return rc;
}

static int convert(const struct refactor *r, const char *path, const char *text, size_t len,
		   const char *changed, struct refactored *out, struct err *err)
{
	struct line_change *changes;
	struct source before;
	struct lines l;
	size_t n;

	if (text_changes(text, len, changed, strlen(changed), &changes, &n, err))
		return -1;
	source_init(&before, text, len);
	lines_init(&l, changed, strlen(changed));
	out->sites = xcalloc(n, sizeof(*out->sites));
	for (size_t i = 0; i < n; i++)
		add_site(out, &before, &changes[i]);
	/* From the end, so that the line numbers above stay right. */
	for (size_t i = n; i-- > 0;)
		drop_comment(&l, (size_t)changes[i].new_line - 1, r, path, &out->notes);
	out->reason = insert_helpers(&l, r, path);
	out->state = out->reason ? REFACTOR_HUMAN : REFACTOR_CHANGED;
	if (!out->reason) {
		note_other_comments(&l, r, path, &out->notes);
		out->text = lines_join(&l, &out->len);
	}
	strv_release(&l.v);
	source_release(&before);
	free(changes);
	return 0;
}

int refactor_apply(struct spatch *spatch, const struct refactor *r, const char *path,
		   const char *text, size_t len, struct refactored *out, struct err *err)
{
	char *changed = NULL;
	int rc = 0;

	*out = (struct refactored){ .state = REFACTOR_UNCHANGED };
	if (!tokens_match(&r->tokens, text, len))
		return 0;
	if (memchr(text, '\0', len)) {
		out->state = REFACTOR_HUMAN;
		out->reason = xasprintf("%s holds a NUL byte", path);
		return 0;
	}
	rc = run_patch(spatch, r, text, len, &changed, err);
	if (!rc && changed)
		rc = convert(r, path, text, len, changed, out, err);
	free(changed);
	if (rc) {
		err_context(err, "%s", path);
		refactored_release(out);
	}
	return rc;
}

static bool is_site_function(const struct refactored *result, const char *function)
{
	for (size_t i = 0; i < result->n_sites; i++)
		if (!strcmp(result->sites[i].function, function))
			return true;
	return false;
}

/* How many findings have this one's rule, function and text. */
static size_t count_same(const struct findings *fs, const struct finding *f, const char *path)
{
	size_t n = 0;

	for (size_t i = 0; i < fs->n; i++) {
		const struct finding *g = &fs->v[i];

		n += !strcmp(g->path, path) && !strcmp(g->rule, f->rule) &&
		     !strcmp(g->function, f->function) && !strcmp(g->identity, f->identity);
	}
	return n;
}

/* The first thing that is wrong with the findings after it, or NULL. */
static char *judge(const struct refactor *r, const char *path, const struct findings *before,
		   const struct findings *after, const struct refactored *result)
{
	for (size_t i = 0; i < after->n_unseen; i++) {
		const struct unseen *u = &after->unseen[i];

		if (is_site_function(result, u->function))
			return xasprintf("%s: %s() cannot be analysed after it: %s", path,
					 u->function, u->reason);
	}
	for (size_t i = 0; i < after->n; i++) {
		const struct finding *f = &after->v[i];

		if (strv_has(&r->verify_gone, f->rule) && is_site_function(result, f->function))
			return xasprintf("%s:%d: %s is still there in %s()", path, f->line, f->rule,
					 f->function);
		if (r->verify_no_new && count_same(after, f, path) > count_same(before, f, path))
			return xasprintf("%s:%d: a new %s in %s()", path, f->line, f->rule,
					 f->function);
	}
	return NULL;
}

int refactor_verify(const struct engine *engine, const struct refactor *r, const char *path,
		    const struct findings *before, const struct refactored *result, char **why,
		    struct err *err)
{
	struct findings after = { NULL, 0, 0, NULL, 0, 0 };
	struct refactored again;

	*why = NULL;
	if (engine_scan_text(engine, path, result->text, result->len, &after, err))
		return -1;
	*why = judge(r, path, before, &after, result);
	findings_release(&after);
	if (*why)
		return 1;
	if (refactor_apply(engine->spatch, r, path, result->text, result->len, &again, err))
		return -1;
	if (again.state != REFACTOR_UNCHANGED)
		*why = xasprintf("%s: applying the refactor again changes it again", path);
	refactored_release(&again);
	return *why ? 1 : 0;
}

void refactored_release(struct refactored *r)
{
	for (size_t i = 0; i < r->n_sites; i++)
		free(r->sites[i].function);
	free(r->sites);
	free(r->text);
	free(r->reason);
	strv_release(&r->notes);
	*r = (struct refactored){ .state = REFACTOR_UNCHANGED };
}
