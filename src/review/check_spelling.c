// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"
#include "lexicon.h"
#include "needles.h"
#include "word_forms.h"

/* Listed words of one changelog that are looked at. */
#define MAX_LISTED 200

static void see(void *ctx, size_t i)
{
	(void)i;
	*(bool *)ctx = true;
}

/* Whether a line of a diff is all comment, where a word may be as wrong as in the changelog. */
static bool is_comment(struct span line)
{
	line = span_trim((struct span){ line.p + 1, line.n - 1 });
	return line.n && (*line.p == '*' || span_starts(line, "/*") || span_starts(line, "//"));
}

/* Whether the code around the change has the word: then it is the name of something. */
static bool is_in_code(const struct series_patch *p, const char *word)
{
	struct needles *needles = needles_new(&word, 1);
	struct span rest = { p->diff, p->diff ? p->diff_len : 0 }, line;
	bool seen = false;

	while (!seen && text_line(&rest, &line))
		if (line.n && strchr(" +-", *line.p) && !is_comment(line))
			needles_run(needles, line.p, line.n, see, &seen);
	needles_free(needles);
	return seen;
}

/* Whether the word is listed; a note unless it is a name. */
static bool check_word(struct review *r, const struct lexicon *lex, size_t i,
		       const struct prose_word *word)
{
	const struct series_patch *p = review_patch(r, i);
	char lower[WORD_MAX + 1];
	struct correction c;

	if (!word->plain || !prose_lower(word, lower, sizeof(lower)) ||
	    !lexicon_correction(lex, lower, &c))
		return false;
	/* Names, of people, firms and things in the code, are only the kernel's list's business. */
	if (!c.kernels && (word->name || is_in_code(p, lower)))
		return true;
	word_note(r, i, "spelling", word,
		  xasprintf("\"%.*s\" is misspelled: %s", (int)word->n, word->p, c.text));
	return true;
}

int check_spelling(struct review *r, struct err *err)
{
	const struct lexicon *lex;

	if (review_lexicon(r, &lex, err))
		return -1;
	for (size_t i = 0; i < r->lint->n; i++) {
		struct prose prose;

		prose_of(review_patch(r, i), &prose);
		for (size_t k = 0, listed = 0; k < prose.n && listed < MAX_LISTED; k++)
			listed += check_word(r, lex, i, &prose.v[k]);
		prose_release(&prose);
	}
	return 0;
}
