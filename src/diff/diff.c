// SPDX-License-Identifier: GPL-2.0-only
#include "diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "path.h"

/* A place in the text: the line that begins at pos. */
struct scan {
	const char *text;
	size_t len, pos;
	size_t line; /* number of the line at pos, from 1 */
};

static size_t line_len(const struct scan *s, size_t pos)
{
	const char *nl = memchr(s->text + pos, '\n', s->len - pos);

	return nl ? (size_t)(nl - s->text) - pos : s->len - pos;
}

static void skip_line(struct scan *s)
{
	s->pos += line_len(s, s->pos);
	if (s->pos < s->len)
		s->pos++;
	s->line++;
}

static bool starts(const struct scan *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s->len - s->pos >= n && !memcmp(s->text + s->pos, prefix, n);
}

static bool is_blank(const struct scan *s)
{
	size_t n = line_len(s, s->pos);

	return !n || (n == 1 && s->text[s->pos] == '\r');
}

/* A decimal number; false when there is none or it is past the limit. */
static bool number(const char **p, const char *end, unsigned long *v)
{
	const char *start = *p;

	*v = 0;
	while (*p < end && **p >= '0' && **p <= '9') {
		*v = *v * 10 + (unsigned long)(**p - '0');
		if (*v > DIFF_MAX_COUNT * 100UL)
			return false;
		(*p)++;
	}
	return *p > start;
}

static bool range(const char **p, const char *end, char mark, unsigned long *start,
		  unsigned long *count)
{
	if (*p >= end || *(*p)++ != mark || !number(p, end, start))
		return false;
	*count = 1;
	if (*p < end && **p == ',') {
		(*p)++;
		return number(p, end, count) && *count <= DIFF_MAX_COUNT;
	}
	return true;
}

/* "@@ -1,2 +3,4 @@ section" at the scan's place. */
static bool hunk_header(const struct scan *s, struct diff_hunk *h)
{
	const char *p = s->text + s->pos, *end = p + line_len(s, s->pos);

	if (!starts(s, "@@ "))
		return false;
	p += 3;
	if (!range(&p, end, '-', &h->old_start, &h->old_count) || p >= end || *p++ != ' ' ||
	    !range(&p, end, '+', &h->new_start, &h->new_count) || end - p < 3 ||
	    memcmp(p, " @@", 3))
		return false;
	p += 3;
	if (p < end && *p == ' ')
		p++;
	if (end > p && end[-1] == '\r')
		end--;
	h->section = p;
	h->section_len = (size_t)(end - p);
	return h->old_count || h->new_count;
}

static bool has_names(const struct scan *s)
{
	struct scan next = *s;

	if (!starts(&next, "--- "))
		return false;
	skip_line(&next);
	return starts(&next, "+++ ");
}

static bool plain_header(const struct scan *s)
{
	struct scan next = *s;

	if (!has_names(&next))
		return false;
	skip_line(&next);
	skip_line(&next);
	return starts(&next, "@@ -");
}

static const char *const extended[] = {
	"old mode ",
	"new mode ",
	"deleted file mode ",
	"new file mode ",
	"copy from ",
	"copy to ",
	"rename from ",
	"rename to ",
	"similarity index ",
	"dissimilarity index ",
	"index ",
	"--- ",
	"GIT binary patch",
	"Binary files ",
};

static bool git_header(const struct scan *s)
{
	struct scan next = *s;

	if (!starts(s, "diff --git "))
		return false;
	skip_line(&next);
	for (size_t i = 0; i < ARRAY_SIZE(extended); i++)
		if (starts(&next, extended[i]))
			return true;
	return false;
}

static bool file_header(const struct scan *s)
{
	return s->pos < s->len && (git_header(s) || plain_header(s));
}

bool diff_starts_at(const char *text, size_t len, size_t pos)
{
	struct scan s = { text, len, pos, 1 };

	return file_header(&s);
}

static unsigned int mode_of(const char *p, const char *end)
{
	unsigned int mode = 0;

	for (int i = 0; i < 6 && p < end && *p >= '0' && *p <= '7'; i++)
		mode = mode * 8 + (unsigned int)(*p++ - '0');
	return mode;
}

static const char *blob_of(const char *p, const char *end, char *to)
{
	size_t n = 0;

	while (p + n < end && n < 64 && strchr("0123456789abcdef", p[n]) && p[n])
		n++;
	memcpy(to, p, n);
	to[n] = '\0';
	return p + n;
}

static void index_line(struct diff_file *f, const char *p, const char *end)
{
	p = blob_of(p, end, f->old_blob);
	if (end - p < 2 || memcmp(p, "..", 2)) {
		f->old_blob[0] = '\0';
		return;
	}
	p = blob_of(p + 2, end, f->new_blob);
	if (p < end && *p == ' ' && !f->new_mode)
		f->old_mode = f->new_mode = mode_of(p + 1, end);
}

static void set_path(char **to, char *name)
{
	free(*to);
	*to = name;
}

/* One line of the extended header; false when it is none. */
static bool extended_line(struct scan *s, struct diff_file *f)
{
	const char *p = s->text + s->pos, *end = p + line_len(s, s->pos);
	size_t i = 0;

	while (i < ARRAY_SIZE(extended) && !starts(s, extended[i]))
		i++;
	if (i >= 11)
		return false;
	p += strlen(extended[i]);
	switch (i) {
	case 0:
		f->old_mode = mode_of(p, end);
		break;
	case 1:
		f->new_mode = mode_of(p, end);
		break;
	case 2:
		f->old_mode = mode_of(p, end);
		f->op = DIFF_DELETE;
		break;
	case 3:
		f->new_mode = mode_of(p, end);
		f->op = DIFF_NEW;
		break;
	case 4:
	case 6:
		f->op = i == 4 ? DIFF_COPY : DIFF_RENAME;
		set_path(&f->old_path, path_from_header(p, (size_t)(end - p)));
		break;
	case 5:
	case 7:
		f->op = i == 5 ? DIFF_COPY : DIFF_RENAME;
		set_path(&f->new_path, path_from_header(p, (size_t)(end - p)));
		break;
	case 10:
		index_line(f, p, end);
		break;
	default:
		break; /* similarity: of no use */
	}
	skip_line(s);
	return true;
}

static bool differ(const char *a, const char *b)
{
	return !a != !b || (a && strcmp(a, b) != 0);
}

/* Whether the names do not go with what the header said before. */
static bool contradict(const struct diff_file *f, const char *old, const char *new)
{
	if (f->op == DIFF_NEW || f->op == DIFF_DELETE)
		return !old != (f->op == DIFF_NEW) || !new != (f->op == DIFF_DELETE);
	if (f->op == DIFF_CHANGE)
		return !old || !new || differ(old, new);
	return differ(old, f->old_path) || differ(new, f->new_path);
}

/* A plain diff has one name: the new one, but the old one where the new has a tail. */
static void one_name(char **old, char **new)
{
	bool tail = strlen(*old) < strlen(*new) && !strncmp(*old, *new, strlen(*old));

	set_path(tail ? new : old, xstrdup(tail ? *old : *new));
}

/* The "---" and "+++" lines.  A file of the time 0 is one that is not there. */
static void name_lines(struct scan *s, struct diff_file *f)
{
	char *old, *new;
	bool no_old, no_new;

	old = path_from_line(s->text + s->pos + 4, line_len(s, s->pos) - 4);
	no_old = !old || (!f->git && path_has_epoch(s->text + s->pos, line_len(s, s->pos)));
	skip_line(s);
	new = path_from_line(s->text + s->pos + 4, line_len(s, s->pos) - 4);
	no_new = !new || (!f->git && path_has_epoch(s->text + s->pos, line_len(s, s->pos)));
	skip_line(s);
	f->odd = f->git && contradict(f, old, new);
	if (!f->git && old && new)
		one_name(&old, &new);
	if (no_old && f->op == DIFF_CHANGE)
		f->op = DIFF_NEW;
	else if (no_new && f->op == DIFF_CHANGE)
		f->op = DIFF_DELETE;
	if (no_old)
		set_path(&old, NULL);
	else if (no_new)
		set_path(&new, NULL);
	set_path(&f->old_path, old);
	set_path(&f->new_path, new);
}

/* Base85 lines up to the second blank line, or to what is none of theirs. */
static void skip_binary(struct scan *s)
{
	skip_line(s);
	while (s->pos < s->len && (starts(s, "literal ") || starts(s, "delta "))) {
		while (s->pos < s->len && !is_blank(s))
			skip_line(s);
		if (s->pos < s->len)
			skip_line(s);
	}
}

static void git_names(struct scan *s, struct diff_file *f)
{
	char *name = path_from_git_line(s->text + s->pos + 11, line_len(s, s->pos) - 11);

	skip_line(s);
	while (s->pos < s->len && extended_line(s, f))
		;
	if (name && !f->old_path && f->op != DIFF_NEW)
		f->old_path = xstrdup(name);
	if (name && !f->new_path && f->op != DIFF_DELETE)
		f->new_path = xstrdup(name);
	free(name);
}

static void file_head(struct scan *s, struct diff_file *f)
{
	f->line = s->line;
	f->git = starts(s, "diff --git ");
	if (f->git)
		git_names(s, f);
	if (has_names(s)) {
		name_lines(s, f);
	} else if (starts(s, "GIT binary patch")) {
		f->binary = true;
		skip_binary(s);
	} else if (starts(s, "Binary files ")) {
		f->binary = true;
		skip_line(s);
	} else {
		/* Half of the two lines, or one of them twice. */
		f->odd = starts(s, "--- ") || starts(s, "+++ ");
	}
}

/* Take one line of a hunk's body off the counts; false when it is none. */
static bool body_line(const struct scan *s, unsigned long *old, unsigned long *new)
{
	char c = is_blank(s) ? ' ' : s->text[s->pos];

	/* "\ No newline at end of file" in any language. */
	if (c == '\\')
		return starts(s, "\\ ") && line_len(s, s->pos) > 10;
	if (c == ' ' && *old && *new) {
		(*old)--;
		(*new)--;
	} else if (c == '-' && *old) {
		(*old)--;
	} else if (c == '+' && *new) {
		(*new)--;
	} else {
		return false;
	}
	return true;
}

static int hunk(struct scan *s, struct diff_file *f, const struct diff_hunk *head, struct err *err)
{
	unsigned long old = head->old_count, new = head->new_count;
	struct diff_hunk *h;
	size_t start;

	GROW(f->hunks, f->n_hunks, f->cap_hunks);
	h = &f->hunks[f->n_hunks];
	*h = *head;
	h->line = s->line;
	skip_line(s);
	start = s->pos;
	while (old || new) {
		if (s->pos >= s->len || !body_line(s, &old, &new))
			return err_set(err,
				       "damaged diff: the hunk at line %zu of %s ends early, "
				       "in line %zu",
				       h->line, diff_file_path(f), s->line);
		skip_line(s);
	}
	if (s->pos < s->len && starts(s, "\\ "))
		skip_line(s);
	h->text = s->text + start;
	h->len = s->pos - start;
	f->n_hunks++;
	return 0;
}

static int one_file(struct scan *s, struct diff *d, struct err *err)
{
	struct diff_hunk head = { 0 };
	struct diff_file *f;

	if (d->n >= DIFF_MAX_FILES)
		return err_set(err, "more than %d files in a diff", DIFF_MAX_FILES);
	GROW(d->files, d->n, d->cap);
	f = &d->files[d->n++];
	*f = (struct diff_file){ .op = DIFF_CHANGE };
	file_head(s, f);
	d->end = s->pos;
	while (s->pos < s->len && hunk_header(s, &head)) {
		if (++d->n_hunks > DIFF_MAX_HUNKS)
			return err_set(err, "more than %d hunks in a diff", DIFF_MAX_HUNKS);
		if (hunk(s, f, &head, err))
			return -1;
		d->end = s->pos;
	}
	if (s->pos < s->len && starts(s, "@@ -"))
		return err_set(err, "damaged diff: line %zu is no proper hunk header", s->line);
	return 0;
}

int diff_parse(struct diff *d, const char *text, size_t len, struct err *err)
{
	struct scan s = { text, len, 0, 1 };
	struct diff_hunk lost;

	while (s.pos < s.len) {
		if (!file_header(&s)) {
			if (hunk_header(&s, &lost))
				return err_set(err,
					       "damaged diff: the hunk at line %zu belongs to no "
					       "file",
					       s.line);
			skip_line(&s);
			continue;
		}
		if (!d->n)
			d->start = s.pos;
		if (one_file(&s, d, err))
			return -1;
	}
	return 0;
}

/* What may stand between two files of one diff. */
static bool skip_between(struct scan *s)
{
	struct scan at = *s;

	while (at.pos < at.len && !file_header(&at)) {
		if (!is_blank(&at) && !starts(&at, "Index: ") && !starts(&at, "====="))
			return false;
		skip_line(&at);
	}
	if (at.pos >= at.len)
		return false;
	*s = at;
	return true;
}

int diff_next(struct diff *d, const char *text, size_t len, size_t from, struct err *err)
{
	struct scan s = { text, len, from, 1 };

	while (s.pos < s.len && !file_header(&s))
		skip_line(&s);
	if (s.pos >= s.len)
		return 0;
	d->start = s.pos;
	do {
		if (one_file(&s, d, err)) {
			d->end = s.pos;
			return -1;
		}
	} while (skip_between(&s));
	return 1;
}

bool diff_hunk_next(const struct diff_hunk *h, size_t *pos, struct diff_line *line)
{
	struct scan s = { h->text, h->len, *pos, 1 };

	while (s.pos < s.len && s.text[s.pos] == '\\')
		skip_line(&s);
	if (s.pos >= s.len)
		return false;
	line->p = s.text + s.pos;
	line->n = line_len(&s, s.pos);
	line->kind = ' ';
	if (!is_blank(&s)) {
		line->kind = *line->p++;
		line->n--;
	}
	skip_line(&s);
	line->no_eol = s.pos < s.len && s.text[s.pos] == '\\';
	*pos = s.pos;
	return true;
}

const char *diff_file_path(const struct diff_file *f)
{
	if (f->new_path)
		return f->new_path;
	return f->old_path ? f->old_path : "(no name)";
}

int diff_check_paths(const struct diff *d, struct err *err)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diff_file *f = &d->files[i];

		if (!f->old_path && !f->new_path)
			return err_set(err, "a file without a name in line %zu of the diff",
				       f->line);
		if (f->old_path && !diff_path_ok(f->old_path))
			return err_set(err, "refused file name '%s'", f->old_path);
		if (f->new_path && !diff_path_ok(f->new_path))
			return err_set(err, "refused file name '%s'", f->new_path);
	}
	return 0;
}

void diff_release(struct diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->files[i].old_path);
		free(d->files[i].new_path);
		free(d->files[i].hunks);
	}
	free(d->files);
	*d = (struct diff)DIFF_INIT;
}
