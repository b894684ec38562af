// SPDX-License-Identifier: GPL-2.0-only
#include "changelog_note.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct note *changelog_note(struct review *r, size_t i, const char *check, enum severity severity,
			    int line, int column, char *text)
{
	struct span evidence = changelog_line(review_patch(r, i), line);
	struct note note = {
		.check = xstrdup(check),
		.patch = i,
		.line = line,
		.column = column,
		.side = NOTE_CHANGELOG,
		.severity = severity,
		.text = text,
		.evidence = bytes_dup(evidence.p, evidence.n),
	};

	return notes_add(&r->notes, &note);
}

static bool is_said(const struct review *r, size_t i, const char *check, const char *text)
{
	for (size_t k = 0; k < r->notes.n; k++) {
		const struct note *n = &r->notes.v[k];

		if (n->patch == i && !strcmp(n->check, check) && !strcmp(n->text, text))
			return true;
	}
	return false;
}

void word_note(struct review *r, size_t i, const char *check, const struct prose_word *word,
	       char *text)
{
	if (is_said(r, i, check, text))
		free(text);
	else
		changelog_note(r, i, check, SEVERITY_NOTE, word->line, word->column, text);
}

int trailer_line_of(const struct series_patch *patch, const char *name, const char *value)
{
	struct span rest = { patch->changelog, strlen(patch->changelog) }, line;
	size_t n = strlen(name);

	for (int number = 1; text_line(&rest, &line); number++) {
		struct span behind;

		if (!span_starts_nocase(line, name) || line.n <= n || line.p[n] != ':')
			continue;
		behind = span_trim((struct span){ line.p + n + 1, line.n - n - 1 });
		if (span_is(behind, value))
			return number;
	}
	return 0;
}
