// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"
#include "lexicon.h"
#include "near.h"
#include "tree_words.h"
#include "word_forms.h"

/* What nobody writes by mistake: such a text is not looked at any further. */
#define MAX_UNKNOWN 1000 /* words that are in no dictionary */
#define MAX_NEAR 50      /* of them near another */

/* A word that no dictionary knows, at its place. */
struct unknown {
	size_t patch, word; /* word: index into the table of them */
	struct prose_word at;
};

struct unknowns {
	struct review *r;
	const struct lexicon *lex;
	struct unknown *v;
	size_t n, cap;
	struct strv words; /* each once */
	struct strv near;  /* and what is near it in the word list, or "" */
	size_t n_near;
};

static size_t word_index(struct unknowns *u, const char *word)
{
	const char *near;

	for (size_t i = 0; i < u->words.n; i++)
		if (!strcmp(u->words.v[i], word))
			return i;
	near = u->n_near < MAX_NEAR ? lexicon_near(u->lex, word) : NULL;
	u->n_near += near != NULL;
	strv_add(&u->words, word);
	strv_add(&u->near, near ? near : "");
	return u->words.n - 1;
}

static void add_unknown(struct unknowns *u, size_t patch, const struct prose_word *at)
{
	char word[WORD_MAX + 1];
	struct correction c;

	if (u->n >= MAX_UNKNOWN || !at->plain || at->name || at->n < NEAR_MIN ||
	    !prose_lower(at, word, sizeof(word)) || lexicon_correction(u->lex, word, &c) ||
	    lexicon_knows(u->lex, word))
		return;
	GROW(u->v, u->n, u->cap);
	u->v[u->n++] = (struct unknown){ patch, word_index(u, word), *at };
}

static void add_paths(const struct review *r, size_t i, struct strv *paths)
{
	struct diff diff;

	review_diff(r, i, &diff);
	for (size_t k = 0; k < diff.n; k++)
		strv_add(paths, diff_file_path(&diff.files[k]));
	diff_release(&diff);
}

/* What the series itself has: names of people, and of what it adds or changes. */
static void look_into_series(struct review *r, struct tree_words *tw)
{
	for (size_t i = 0; i < r->lint->n; i++) {
		const struct series_patch *p = review_patch(r, i);
		struct buf names = BUF_INIT;

		buf_addf(&names, "%s %s", p->author.name ? p->author.name : "",
			 p->sender.name ? p->sender.name : "");
		for (size_t k = 0; k < p->own.n; k++)
			buf_addf(&names, " %s", p->own.v[k].value);
		tree_words_in_text(tw, names.p, names.len);
		if (p->diff)
			tree_words_in_text(tw, p->diff, p->diff_len);
		buf_release(&names);
	}
}

/* Words that the list has nothing near for cost no look at the tree. */
static int look_into_tree(struct unknowns *u, struct tree_word *words, struct err *err)
{
	struct strv paths = STRV_INIT;
	struct tree_words tw = {
		.repo = u->r->repo,
		.store = u->r->engine->store,
		.jobs = u->r->engine->jobs,
		.tree = review_base_tree(u->r),
		.paths = &paths,
		.v = words,
		.n = u->words.n,
	};
	int rc = 0;

	for (size_t i = 0; i < tw.n; i++)
		words[i] = (struct tree_word){ u->words.v[i], !*u->near.v[i], NULL };
	for (size_t i = 0; i < u->r->lint->n; i++)
		add_paths(u->r, i, &paths);
	look_into_series(u->r, &tw);
	if (tw.tree)
		rc = tree_words_find(&tw, err);
	strv_release(&paths);
	return rc;
}

/* What the code nearby has is meant rather than what only the dictionary has. */
static const char *meant(const struct tree_word *word, const char *near)
{
	if (!word->near || !*word->near)
		return near;
	return strchr(word->near, ' ') ? NULL : word->near;
}

static void add_note(struct unknowns *u, const struct unknown *at, const char *near)
{
	const struct prose_word *w = &at->at;
	char *text = xasprintf("\"%.*s\": unknown word, near \"%s\"", (int)w->n, w->p, near);

	if (isupper((unsigned char)*w->p)) {
		char *first = strrchr(text, '"') - strlen(near);

		*first = (char)toupper((unsigned char)*first);
	}
	word_note(u->r, at->patch, "unknown-word", w, text);
}

static void note_unknowns(struct unknowns *u, struct err *err)
{
	struct tree_word *words = xcalloc(u->words.n, sizeof(*words));
	bool looked = !look_into_tree(u, words, err);

	if (!looked)
		review_go_without(u->r, "unknown words are not looked for", err);
	for (size_t i = 0; looked && i < u->n; i++) {
		const struct tree_word *w = &words[u->v[i].word];
		const char *near = w->found ? NULL : meant(w, u->near.v[u->v[i].word]);

		if (near)
			add_note(u, &u->v[i], near);
	}
	for (size_t i = 0; i < u->words.n; i++)
		free(words[i].near);
	free(words);
}

int check_words(struct review *r, struct err *err)
{
	struct unknowns u = { .r = r };

	if (review_lexicon(r, &u.lex, err))
		return -1;
	if (!lexicon_has_words(u.lex))
		return 0;
	for (size_t i = 0; i < r->lint->n; i++) {
		struct prose prose;

		prose_of(review_patch(r, i), &prose);
		for (size_t k = 0; k < prose.n; k++)
			add_unknown(&u, i, &prose.v[k]);
		prose_release(&prose);
	}
	if (u.n)
		note_unknowns(&u, err);
	free(u.v);
	strv_release(&u.words);
	strv_release(&u.near);
	return 0;
}
