// SPDX-License-Identifier: GPL-2.0-only
#include "github.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report.h"

#define SHOWN 10 /* annotations of a kind that GitHub shows of a step */

static const char *const kinds[] = {
	[SEVERITY_NOTE] = "notice",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

/* What ends a command or a value is escaped; %3A and %2C mean something in values only. */
static void add_escaped(struct buf *out, const char *s, const char *special)
{
	for (; *s; s++) {
		if (strchr(special, *s))
			buf_addf(out, "%%%02X", (unsigned char)*s);
		else
			buf_addc(out, *s);
	}
}

static void add_value(struct buf *out, const char *key, const char *s)
{
	buf_addf(out, "%s=", key);
	add_escaped(out, s, "%\r\n:,");
}

static void add_line(struct buf *out, const char *title, const char *message)
{
	add_value(out, ",title", title);
	buf_adds(out, "::");
	add_escaped(out, message, "%\r\n");
	buf_addc(out, '\n');
}

void github_finding(struct buf *lines, const struct finding *f, const char *message)
{
	buf_addf(lines, "::%s ", kinds[f->severity]);
	add_value(lines, "file", f->path);
	buf_addf(lines, ",line=%d,col=%d", f->line, f->column);
	add_line(lines, f->rule, message);
}

void github_unseen(struct buf *lines, const struct unseen *u, const char *message)
{
	buf_addf(lines, "::%s ", kinds[SEVERITY_WARNING]);
	add_value(lines, "file", u->path);
	if (u->line)
		buf_addf(lines, ",line=%d", u->line);
	add_line(lines, "not analysed", message);
}

static size_t count(const struct buf *lines, const char *kind)
{
	struct span rest = { lines->p, lines->len }, line;
	size_t n = 0;

	while (text_line(&rest, &line))
		n += line.n > 2 && span_starts((struct span){ line.p + 2, line.n - 2 }, kind);
	return n;
}

void github_emit(const struct buf *lines, struct buf *out)
{
	for (size_t i = ARRAY_SIZE(kinds); i-- > 0;) {
		size_t n = count(lines, kinds[i]);

		if (n > SHOWN)
			buf_addf(
				out,
				"::notice title=icrfix::%zu annotations of the kind '%s', of which "
				"GitHub shows %d; the log of this step has them all\n",
				n, kinds[i], SHOWN);
	}
	buf_add(out, lines->p ? lines->p : "", lines->len);
}

static void add_target(const struct scan_report *r, const struct scan_target *t, struct buf *lines)
{
	for (size_t i = 0; i < t->findings.n; i++) {
		char *text = report_message(r, t, &t->findings.v[i]);

		github_finding(lines, &t->findings.v[i], text);
		free(text);
	}
	for (size_t i = 0; i < t->findings.n_unseen; i++) {
		char *text = report_unseen_message(r, t, &t->findings.unseen[i]);

		github_unseen(lines, &t->findings.unseen[i], text);
		free(text);
	}
}

void report_github(const struct scan_report *r, struct buf *out)
{
	struct buf lines = BUF_INIT;

	for (size_t t = 0; t < r->n_targets; t++)
		add_target(r, &r->targets[t], &lines);
	github_emit(&lines, out);
	buf_release(&lines);
}
