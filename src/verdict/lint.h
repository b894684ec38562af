/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What each patch of a series, or each commit of a range, introduces and
 * fixes.  Patches are applied in memory, one on the result of the other; a
 * patch that changes no file under a rule's paths costs no look at any file.
 */
#ifndef VERDICT_LINT_H
#define VERDICT_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base.h"
#include "engine/engine.h"
#include "mail/series.h"
#include "suppress.h"
#include "verdict.h"

/* How a patch got into the tree. */
enum lint_state {
	LINT_EXACT,   /* where it says */
	LINT_MOVED,   /* at another line */
	LINT_MERGED,  /* by a 3-way merge */
	LINT_ALREADY, /* the tree has it already */
	LINT_COMMIT,  /* it is a commit of the repository */
	LINT_REFUSED, /* it does not apply; the tree stays as it was */
	LINT_MISSING, /* no such mail */
	LINT_STOPPED, /* not tried: an earlier one did not apply (strict) */
};

/* A site of the same rule in the tree after the patch.  Strings are owned. */
struct place {
	char *path;
	int line;
	char *function;
};

/* A finding with what a patch did to it. */
struct judged {
	enum verdict verdict;          /* never VERDICT_SAME */
	struct finding finding;        /* as it is after the patch; a fixed one as it was */
	struct place was;              /* changed and moved: where it was; else path is NULL */
	char was_fingerprint[OID_HEX]; /* ... and what it was */
	/*
	 * Introduced, of a rule with a refactor that mends it: the other sites
	 * in the tree, and which one in its file this is, from 1.
	 */
	struct place *others;
	size_t n_others, nth_in_file;
	/*
	 * Introduced and fixed later in the series: the index of that patch.
	 * Any other and introduced earlier in it: of that one.  Else LINT_NONE.
	 */
	size_t partner;
	const struct suppression *suppressed; /* introduced: what sets it aside, or NULL */
	char now[OID_HEX]; /* introduced: its fingerprint after the last patch looked at */
};

#define LINT_NONE ((size_t)-1)

struct lint_patch {
	int n, m;
	char *subject, *message_id; /* owned; NULL when not known */
	char commit[OID_HEX];       /* of a range; else "" */
	enum lint_state state;
	char before[OID_HEX]; /* the tree it was applied to; of a commit its first parent's */
	char tree[OID_HEX];   /* after it */
	/* Of a refused one; path NULL: the patch as a whole, hunk 0: the file. */
	char *refused_path, *refused_reason;
	size_t refused_hunk, refused_line; /* line: in the diff, from 1, 0: none */
	struct judged *v;
	size_t n_judged, cap_judged;
	struct findings news; /* holds only unseen[]: code that cannot be analysed since this one */
};

/* Free with lint_release(). */
struct lint {
	char *title;  /* of the series; NULL */
	int revision; /* of the series, 0: a range */
	bool single;  /* one mail of a series was asked for: the others do not count */
	bool stopped; /* by strict */
	struct base base;
	struct lint_patch *patches;
	size_t n, cap;
	struct strv notes; /* for people, a line each */
	struct strv paths; /* C files under the rules' paths that were looked at */
};

struct lint_options {
	const char *base; /* a revision; NULL: find it */
	int guess_days;
	bool strict;   /* stop at the first patch that does not apply */
	bool no_merge; /* no 3-way */
	bool single;   /* see struct lint */
	/*
	 * Sets introduced findings aside; marked in it is what was used and
	 * looked at.  NULL: none.  The struct lint points into it.
	 */
	struct suppressions *suppressions;
	void (*progress)(void *ctx, size_t done, size_t total); /* may be NULL */
	void *progress_ctx;
};

/*
 * Lint a series on the repository; REPO must write to memory
 * (repo_write_to_memory()).
 */
int lint_series(const struct lint_options *opt, struct repo *repo, const struct engine *engine,
		const struct series *series, struct lint *out, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Lint the commits of a range, both ends ids, each against its own parent.  A
 * merge has only what differs from all its parents.
 */
int lint_range(const struct lint_options *opt, struct repo *repo, const struct engine *engine,
	       const char *from, const char *to, struct lint *out, struct err *err)
	__attribute__((warn_unused_result));

/* Whether the tree behind a patch lacks earlier ones: the next after FROM, or LINT_NONE. */
size_t lint_without(const struct lint *lint, size_t patch, size_t from);

/* "the third in lapic.c and the fifth under arch/x86/kvm" of an introduced one; "" when alone. */
void judged_ordinal(const struct judged *j, struct buf *out);

/* Whether it counts: introduced, not fixed later in the series, not suppressed. */
bool judged_counts(const struct judged *j);

void lint_release(struct lint *lint);

#endif
