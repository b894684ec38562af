// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"

static const struct term *find_term(const struct pack *pack, const struct prose_word *word)
{
	for (size_t i = 0; i < pack->n_terms; i++)
		if (span_is((struct span){ word->p, word->n }, pack->terms[i].wrong))
			return &pack->terms[i];
	return NULL;
}

static void check_patch(struct review *r, size_t i)
{
	struct prose prose;

	prose_of(review_patch(r, i), &prose);
	for (size_t k = 0; k < prose.n; k++) {
		const struct term *t = find_term(r->pack, &prose.v[k]);

		if (t)
			word_note(r, i, "terms", &prose.v[k],
				  xasprintf("\"%s\" is written \"%s\": %s", t->wrong, t->right,
					    t->why));
	}
	prose_release(&prose);
}

int check_terms(struct review *r, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < r->lint->n; i++)
		check_patch(r, i);
	return 0;
}
