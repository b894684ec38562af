/* SPDX-License-Identifier: GPL-2.0-only */
/* The checks of a review, one in its own file each; review.c has the table. */
#ifndef REVIEW_CHECK_H
#define REVIEW_CHECK_H

#include "review.h"

/* What the rules find and a patch introduces, which site it is, and what mends it. */
int check_findings(struct review *r, struct err *err);

/* Words in changelogs that the tree's or codespell's list has as misspelled. */
int check_spelling(struct review *r, struct err *err);

/* Words that no dictionary and no file knows, but near one of a dictionary. */
int check_words(struct review *r, struct err *err);

/* The rules' terms, written otherwise. */
int check_terms(struct review *r, struct err *err);
/* The code that replies propose: proposals, each with its own notes. */
int check_proposals(struct review *r, struct err *err);

/* A prefix that no commit to the same files has, where there is a custom. */
int check_subject(struct review *r, struct err *err);

/* Who wrote the patch signed it off, and who sends it did last. */
int check_signed_off(struct review *r, struct err *err);

/* Fixes: 12 digits and the subject, which are those of a commit. */
int check_fixes(struct review *r, struct err *err);

/* Cc: stable@vger.kernel.org # what for. */
int check_stable(struct review *r, struct err *err);

/* Link: and Closes: take a URL. */
int check_link(struct review *r, struct err *err);

/* What scripts/checkpatch.pl of the base says, but for what other checks look at. */
int check_checkpatch(struct review *r, struct err *err);
/* New paths for a mode of the APIC: uncommented ones, ones that take any offset. */
int check_mode_comment(struct review *r, struct err *err);
int check_mode_offset(struct review *r, struct err *err);

/* Patches that are not there, and a base that is not. */
int check_missing(struct review *r, struct err *err);

/* What a patch introduces and a later one mends. */
int check_mended(struct review *r, struct err *err);
/* What became of an older revision's patches and of the remarks on them: r->revisions. */
int check_revisions(struct review *r, struct err *err);

/* Static functions that nothing uses yet. */
int check_helper(struct review *r, struct err *err);

#endif
