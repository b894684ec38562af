// SPDX-License-Identifier: GPL-2.0-only
#include "patch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"

#define MAX_PREREQUISITES 200

bool patch_is_scissors(struct span line)
{
	size_t mark = 0, perforation = 0, gap = 0, first = line.n, last = 0;
	bool in_mark = false;

	for (size_t i = 0; i < line.n; i++) {
		struct span rest = { line.p + i, line.n - i };

		if (isspace((unsigned char)line.p[i])) {
			if (in_mark)
				perforation++, gap++;
			continue;
		}
		last = i;
		if (first == line.n)
			first = i;
		in_mark = true;
		if (line.p[i] == '-') {
			perforation++;
		} else if (span_starts(rest, ">8") || span_starts(rest, "8<") ||
			   span_starts(rest, ">%") || span_starts(rest, "%<")) {
			perforation += 2;
			mark += 2;
			i++;
		} else {
			in_mark = false;
		}
	}
	/* Mostly perforation, with a mark, at least 8 columns wide. */
	return mark && last + 1 - first >= 8 && (last + 1 - first) < perforation * 3 &&
	       gap * 2 < perforation;
}

/* Where git am sees the patch begin: "diff -", "Index: ", "--- a/x", "---". */
static bool is_break(struct span line)
{
	if (span_starts(line, "diff -") || span_starts(line, "Index: "))
		return true;
	if (!span_starts(line, "---"))
		return false;
	if (line.n > 4 && line.p[3] == ' ' && !isspace((unsigned char)line.p[4]))
		return true;
	for (size_t i = 3; i < line.n; i++)
		if (!isspace((unsigned char)line.p[i]))
			return false;
	return true;
}

/* "From <40 hex> Mon Sep 17 00:00:00 2001", the first line of format-patch. */
static bool is_format_patch(struct span line)
{
	return span_starts(line, "From ") && line.n > 50 && line.p[45] == ' ' &&
	       strspn(line.p + 5, "0123456789abcdef") == 40;
}

/* The rest of the text from the last scissors, or an attached patch, on. */
static struct span cut(struct span text, bool attached)
{
	struct span rest = text, line;

	while (text_line(&rest, &line)) {
		if (patch_is_scissors(line) || (attached && is_format_patch(line)))
			text = rest;
		else if (is_break(line) && !attached)
			break;
	}
	return text;
}

/* The field if the line is one, with its continuation lines; else NULL. */
static char *field(struct span line, struct span *rest, const char *name)
{
	struct buf value = BUF_INIT;
	size_t n = strlen(name);
	struct span next, more;

	if (!span_starts_nocase(line, name))
		return NULL;
	buf_add(&value, line.p + n, line.n - n);
	next = *rest;
	while (text_line(&next, &more) && more.n && (*more.p == ' ' || *more.p == '\t')) {
		buf_add(&value, more.p, more.n);
		*rest = next;
	}
	text_squeeze(value.p);
	return buf_detach(&value);
}

static void set_once(char **to, char *value)
{
	if (*to)
		free(value);
	else
		*to = value;
}

/* In-body header lines at the top; returns what follows. */
static struct span in_body(struct patch *p, struct span text)
{
	static const char *const skipped[] = { "To: ",           "Cc: ",
					       "Message-Id: ",   "MIME-Version: ",
					       "Content-Type: ", "Content-Transfer-Encoding: ",
					       "In-Reply-To: ",  "References: " };
	struct span rest = text, line;
	bool any = false;
	char *value;

	while (text_line(&rest, &line)) {
		if (!span_trim(line).n && !any) {
			text = rest;
			continue;
		}
		if ((value = field(line, &rest, "From: "))) {
			set_once(&p->from, value);
		} else if ((value = field(line, &rest, "Subject: "))) {
			set_once(&p->subject, value);
		} else if ((value = field(line, &rest, "Date: "))) {
			set_once(&p->date, value);
		} else if (!is_format_patch(line)) {
			bool other = false;

			for (size_t i = 0; any && i < ARRAY_SIZE(skipped); i++)
				if ((value = field(line, &rest, skipped[i]))) {
					free(value);
					other = true;
				}
			if (!other)
				break;
		}
		any = true;
		text = rest;
	}
	return text;
}

/* Trim blank lines at both ends, and blanks at the end. */
static char *trimmed(const char *p, const char *end)
{
	const char *nl;

	while (p < end && (nl = memchr(p, '\n', (size_t)(end - p)))) {
		if (span_trim((struct span){ p, (size_t)(nl - p) }).n)
			break;
		p = nl + 1;
	}
	while (end > p && isspace((unsigned char)end[-1]))
		end--;
	return xstrndup(p, (size_t)(end - p));
}

/* The changelog ends at the break; *rest is what follows (with a diff's first line). */
static void changelog(struct patch *p, struct span text, struct span *rest)
{
	struct span at = text, line, before;
	const char *end = text.p + text.n;

	*rest = (struct span){ end, 0 };
	for (before = at; text_line(&at, &line); before = at) {
		if (span_is(line, "-- ")) {
			end = line.p;
			break;
		}
		if (is_break(line)) {
			end = line.p;
			*rest = span_starts(line, "---") && !diff_starts_at(before.p, before.n, 0)
					? at
					: before;
			break;
		}
	}
	p->changelog = trimmed(text.p, end);
}

static void diff_part(struct patch *p, struct span rest)
{
	struct diff d = DIFF_INIT;
	struct err err = ERR_INIT;
	size_t start = rest.n, end = rest.n;

	if (diff_parse(&d, rest.p, rest.n, &err)) {
		p->damage = xstrdup(err.text);
		start = d.start;
	} else if (d.n) {
		start = d.start;
		end = d.end;
	}
	p->files = d.n;
	if (d.n) {
		p->diff = bytes_dup(rest.p + start, end - start);
		p->diff_len = end - start;
		p->notes = trimmed(rest.p, rest.p + start);
	} else {
		p->notes = xstrdup("");
	}
	err_release(&err);
	diff_release(&d);
}

static bool has_diffstat(struct span line)
{
	struct span s = span_trim(line);
	size_t i = 0;

	while (i < s.n && isdigit((unsigned char)s.p[i]))
		i++;
	s.p += i;
	s.n -= i;
	return i && (span_starts(s, " file changed") || span_starts(s, " files changed"));
}

static char *hex_after(struct span line, const char *name)
{
	size_t n = strlen(name), i = 0;
	struct span value = span_trim((struct span){ line.p + n, line.n - n });

	while (i < value.n && isxdigit((unsigned char)value.p[i]))
		i++;
	return i >= 7 && i <= 64 ? xstrndup(value.p, i) : NULL;
}

/* base-commit: and the like, which stand in any place. */
static void information(struct patch *p, struct span text)
{
	struct span line;

	while (text_line(&text, &line)) {
		if (has_diffstat(line)) {
			p->diffstat = true;
		} else if (span_starts(line, "base-commit: ") && !p->base_commit) {
			p->base_commit = hex_after(line, "base-commit: ");
		} else if (span_starts(line, "change-id: ") && !p->change_id) {
			line.p += 11;
			line.n -= 11;
			p->change_id = text_valid_dup(span_trim(line).p, span_trim(line).n);
		} else if ((span_starts(line, "prerequisite-patch-id: ") ||
			    span_starts(line, "prerequisite-message-id: ") ||
			    span_starts(line, "prerequisite-change-id: ")) &&
			   p->prerequisites.n < MAX_PREREQUISITES) {
			strv_take(&p->prerequisites, text_valid_dup(line.p, line.n));
		}
	}
}

void patch_split(struct patch *p, const char *text, size_t len, bool attached)
{
	struct span all = { text, len }, rest;

	*p = (struct patch)PATCH_INIT;
	information(p, all);
	all = in_body(p, cut(all, attached));
	changelog(p, all, &rest);
	diff_part(p, rest);
}

unsigned int patch_hidden_char(const char *diff, size_t len, size_t *number)
{
	struct span rest = { diff, len }, line;
	uint32_t cp;

	for (*number = 1; text_line(&rest, &line); (*number)++) {
		if (!line.n || *line.p == ' ' || *line.p == '-')
			continue;
		for (size_t i = 0; i < line.n;) {
			int n = utf8_decode(line.p + i, line.n - i, &cp);

			if (n && cp_is_format(cp))
				return cp;
			i += n ? (size_t)n : 1;
		}
	}
	return 0;
}

void patch_release(struct patch *p)
{
	free(p->from);
	free(p->subject);
	free(p->date);
	free(p->changelog);
	free(p->notes);
	free(p->diff);
	free(p->damage);
	free(p->base_commit);
	free(p->change_id);
	strv_release(&p->prerequisites);
	*p = (struct patch)PATCH_INIT;
}
