// SPDX-License-Identifier: GPL-2.0-only
#include "embedded.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "patch.h"
#include "subject.h"
#include "base/text.h"

/*
 * Where the header of the patch begins whose diff begins at END: the last
 * block of header lines with a Subject:, in text that is not quoted.
 */
static const char *find_header(struct span text)
{
	const char *found = NULL, *block = NULL;
	struct span line;

	while (text_line(&text, &line)) {
		bool header = span_starts(line, "From: ") || span_starts(line, "Date: ") ||
			      span_starts(line, "Subject: ") || span_starts(line, "From ");
		bool more = line.n && (*line.p == ' ' || *line.p == '\t') && block;

		if (line.n && *line.p == '>') {
			block = found = NULL;
			continue;
		}
		if (header && !block)
			block = line.p;
		else if (!header && !more)
			block = NULL;
		if (block && span_starts(line, "Subject: "))
			found = block;
	}
	return found;
}

/* "---" and a diffstat above a bare diff belong to it. */
static size_t bare_start(const char *text, size_t from, size_t start)
{
	struct span rest = { text + from, start - from }, line;
	size_t at = start;

	while (text_line(&rest, &line)) {
		if (span_is(line, "---") || span_is(line, "--- "))
			at = (size_t)(line.p - text);
		else if (line.n && *line.p != ' ' && at != start)
			at = start;
	}
	return at;
}

static void set_own(struct embedded *e, const struct patch *p)
{
	struct subject s;

	subject_parse(&s, p->subject);
	free(e->subject);
	e->subject = text_visible_dup(s.title);
	subject_release(&s);
	if (p->from)
		address_parse(&e->author, (struct span){ p->from, strlen(p->from) });
	if (p->date)
		message_parse_date(p->date, &e->date, &e->tz);
	e->is_patch = true;
}

static void fill(struct embedded *e, const struct message *m, size_t start, const struct diff *d)
{
	struct patch p;

	*e = (struct embedded){ .message_id = xstrdup(m->id),
				.subject = xstrdup(m->subject),
				.date = m->date,
				.tz = m->tz,
				.start = start,
				.end = d->end };
	e->author.name = xstrdup(m->from.name);
	e->author.addr = xstrdup(m->from.addr);
	e->diff_len = d->end - d->start;
	e->diff = bytes_dup(m->text + d->start, e->diff_len);
	patch_split(&p, m->text + start, d->end - start, false);
	if (p.subject)
		set_own(e, &p);
	e->changelog = xstrdup(p.subject ? p.changelog : "");
	e->notes = xstrdup(p.notes);
	patch_release(&p);
}

void embedded_find(struct embeddeds *all, const struct message *m, struct strv *warnings)
{
	struct diff d = DIFF_INIT;
	struct err err = ERR_INIT;
	size_t from = 0, count = 0;
	int rc;

	while (count < EMBEDDED_MAX && (rc = diff_next(&d, m->text, m->text_len, from, &err))) {
		const char *header = find_header((struct span){ m->text + from, d.start - from });
		size_t start =
			header ? (size_t)(header - m->text) : bare_start(m->text, from, d.start);

		if (rc < 0) {
			strv_take(warnings, xasprintf("%s holds a diff that cannot be used: %s",
						      m->id, err.text));
			err_release(&err);
		} else {
			GROW(all->v, all->n, all->cap);
			fill(&all->v[all->n++], m, start, &d);
			count++;
		}
		from = d.end > from ? d.end : from + 1;
		diff_release(&d);
	}
	diff_release(&d);
}

void embeddeds_release(struct embeddeds *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct embedded *e = &all->v[i];

		free(e->message_id);
		free(e->subject);
		address_release(&e->author);
		free(e->changelog);
		free(e->notes);
		free(e->diff);
	}
	free(all->v);
	*all = (struct embeddeds)EMBEDDEDS_INIT;
}
