// SPDX-License-Identifier: GPL-2.0-only
#include "review.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "revision.h"
#include "said.h"
#include "tree/repo_log.h"

const struct review_check review_checks[] = {
	{ "findings", "what the rules find that a patch introduces", check_findings },
	{ "spelling", "misspelled words in changelogs", check_spelling },
	{ "unknown-word", "words in changelogs that are near a known one", check_words },
	{ "terms", "words that the rules say are written otherwise", check_terms },
	{ "mode-comment", "new branches on the APIC's mode without a comment", check_mode_comment },
	{ "mode-offset", "new branches on the APIC's mode that take any offset",
	  check_mode_offset },
	{ "missing", "patches and bases that are not there", check_missing },
	{ "mended-later", "what a patch introduces and a later one mends", check_mended },
	{ "unused-helper", "static functions that a patch adds and does not use", check_helper },
	{ "proposals", "the code that replies propose", check_proposals },
	{ "subject-prefix", "the subject's prefix against the history of the files",
	  check_subject },
	{ "signed-off-by", "Signed-off-by of the author and of the sender", check_signed_off },
	{ "fixes", "Fixes: its form, the commit and its subject", check_fixes },
	{ "stable", "the form of Cc: stable", check_stable },
	{ "link", "Link: and Closes: take a URL", check_link },
	{ "checkpatch", "what scripts/checkpatch.pl of the base says", check_checkpatch },
	{ "revisions", "what changed since an older revision, and the remarks on that one",
	  check_revisions },
	{ NULL, NULL, NULL },
};

int review_run(struct review *r, struct err *err)
{
	for (size_t i = 0; review_checks[i].id; i++)
		if (!strv_has(&r->options->off, review_checks[i].id) &&
		    review_checks[i].run(r, err))
			return -1;
	if (notes_quote_remarks(r, err))
		return -1;
	notes_sort(&r->notes);
	for (size_t i = 0; i < r->n_proposals; i++)
		notes_sort(&r->proposals[i].notes);
	return 0;
}

const struct series_patch *review_patch(const struct review *r, size_t i)
{
	return &r->series->patches[r->lint->patches[i].n - 1];
}

bool review_applied(const struct review *r, size_t i)
{
	switch (r->lint->patches[i].state) {
	case LINT_REFUSED:
	case LINT_MISSING:
	case LINT_STOPPED:
		return false;
	default:
		return true;
	}
}

void review_go_without(struct review *r, const char *what, struct err *err)
{
	strv_take(&r->said, xasprintf("%s: %s", what, err->text));
	err_release(err);
}

void review_diff(const struct review *r, size_t i, struct diff *diff)
{
	const struct series_patch *p = review_patch(r, i);
	struct err ignored = ERR_INIT;

	*diff = (struct diff)DIFF_INIT;
	/* A damaged one still has the files before the damage. */
	if (p->diff && diff_parse(diff, p->diff, p->diff_len, &ignored))
		err_release(&ignored);
}

const char *review_base_tree(const struct review *r)
{
	if (*r->lint->base.rev.tree)
		return r->lint->base.rev.tree;
	return r->lint->n && *r->lint->patches[0].before ? r->lint->patches[0].before : NULL;
}

int review_base_commit(const struct review *r, char out[OID_HEX], struct err *err)
{
	const struct lint *lint = r->lint;
	struct commit_text text;
	const char *commit = *lint->base.rev.commit ? lint->base.rev.commit : NULL;

	*out = '\0';
	if (commit) {
		memcpy(out, commit, OID_HEX);
	} else if (lint->n && *lint->patches[0].commit) {
		if (repo_commit_text(r->repo, lint->patches[0].commit, &text, err))
			return -1;
		if (text.parent)
			memcpy(out, text.parent, OID_HEX);
		commit_text_release(&text);
	}
	return !*out;
}

int review_lexicon(struct review *r, const struct lexicon **lex, struct err *err)
{
	if (!r->lexicon && lexicon_open(&r->lexicon, &r->options->lists, r->repo,
					review_base_tree(r), &r->said, err))
		return -1;
	*lex = r->lexicon;
	return 0;
}

void proposal_release(struct proposal *p)
{
	free(p->message_id);
	free(p->author);
	free(p->name);
	free(p->onto);
	free(p->reason);
	findings_release(&p->fixes);
	free(p->equals);
	notes_release(&p->notes);
}

void review_release(struct review *r)
{
	strv_release(&r->said);
	lexicon_close(r->lexicon);
	notes_release(&r->notes);
	for (size_t i = 0; i < r->n_proposals; i++)
		proposal_release(&r->proposals[i]);
	free(r->proposals);
	revisions_free(r->revisions);
}
