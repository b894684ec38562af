/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rules, refactors and terms as data: the files rules/ID.json,
 * rules/refactors/ID.json with their semantic patches cocci/NAME.cocci, and
 * rules/terms.json; see icrfix-rules(5).
 */
#ifndef ENGINE_RULE_H
#define ENGINE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strv.h"
#include "finding.h"
#include "tree/repo.h"

/* The identifiers that code must hold to be worth a look: all of, and one of any. */
struct tokens {
	struct strv all, any;
	struct strv file; /* one of these must stand in the file, wherever */
	bool words;       /* they need not be expressions of their own: types, members */
};

/* A semantic patch with what the engine needs to know of it. */
struct cocci {
	char *path; /* of the file */
	char *text;
	struct strv options; /* from its "// Options:" line */
};

/* A function in which the pattern is right, with the reason. */
struct exempt {
	char *path, *function, *reason;
};

/* What rules are run for: a rule may be of use for some of it only. */
enum purpose { PURPOSE_SCAN, PURPOSE_LINT, PURPOSE_REVIEW };

const char *purpose_name(enum purpose purpose);

struct rule {
	char *id, *title;
	enum severity severity;
	char *confidence, *what, *why, *fix;
	struct strv links;
	struct strv paths; /* globs */
	struct tokens tokens;
	bool whole_file;      /* granularity "file": no slices */
	bool about_function;  /* a finding is about its whole function: no text in its identity */
	unsigned int purpose; /* a bit for each purpose that it is run for */
	struct exempt *exempt;
	size_t n_exempt;
	struct strv consults;    /* paths of files that are looked at with each candidate */
	struct strv definitions; /* for these functions' definitions in them */
	char *refactor;          /* the id of what mends it, or NULL */
	struct cocci cocci;
	char *file;           /* the JSON file */
	char digest[OID_HEX]; /* of the JSON, the semantic patch and its options */
};

/* A helper function that a refactor adds. */
struct helper {
	char *file; /* path in the tree */
	char *name;
	char *before_function; /* it goes before the comment above this one */
	char *text;            /* whole lines */
};

struct refactor {
	char *id, *title, *what;
	struct strv files; /* paths it may change, all of them */
	struct strv mends; /* rules whose findings it converts */
	struct tokens tokens;
	struct helper *helpers;
	size_t n_helpers;
	struct strv stale_comments; /* each a whole comment, exactly */
	bool functional_change;
	char *upstream;                        /* 40 hex, or NULL when it is not in mainline */
	char *stable_refactor, *stable_commit; /* the form that stable can take, or NULL */
	char *author, *date, *subject;         /* of the commit */
	char *body;                            /* of the commit message, whole lines */
	struct strv trailers;
	char *link;              /* or NULL */
	char *adapted;           /* "[ NAME: this ]", or NULL */
	struct strv verify_gone; /* rules without findings in the converted functions */
	bool verify_no_new;      /* no finding that was not there before */
	struct cocci cocci;
	char *file;
};

/* A word that people write one way and the field another, in changelogs. */
struct term {
	char *wrong, *right; /* one word each; the case counts */
	char *why;
	char *file;
};

/* All that is known.  Sorted by id; terms as they were read. */
struct pack {
	struct rule *rules;
	size_t n_rules, cap_rules;
	struct refactor *refactors;
	size_t n_refactors, cap_refactors;
	struct term *terms;
	size_t n_terms, cap_terms;
};

/*
 * Read a directory laid out as icrfix's own: rules/, rules/refactors/, cocci/.
 * Two files with one id are an error, and so is a term that is told twice.
 */
int pack_load(struct pack *pack, const char *dir, struct err *err)
	__attribute__((warn_unused_result));

/*
 * After the last pack_load(): sort, and check that what the files say of each
 * other (a rule's refactor, what a refactor mends) is there.
 */
int pack_finish(struct pack *pack, struct err *err) __attribute__((warn_unused_result));

void pack_release(struct pack *pack);

/* NULL when there is none of that id. */
const struct rule *pack_rule(const struct pack *pack, const char *id);
const struct refactor *pack_refactor(const struct pack *pack, const char *id);

/*
 * The directory with icrfix's own rules: beside the program when it runs from
 * its source tree, else the installed one.  The caller frees.
 */
int pack_own_dir(char **dir, struct err *err) __attribute__((warn_unused_result));

/* Whether the rule is run for PURPOSE when it is not asked for by its id. */
bool rule_is_for(const struct rule *rule, enum purpose purpose);

/* Whether a path lies under the rule's globs. */
bool rule_wants_path(const struct rule *rule, const char *path);

/* The reason when the pattern is right in this function, else NULL. */
const char *rule_exempts(const struct rule *rule, const char *path, const char *function);

#endif
