/* SPDX-License-Identifier: GPL-2.0-only */
/* What --to names: branches, tags, revisions, globs and v5.x, looked up. */
#ifndef BACKPORT_TARGET_H
#define BACKPORT_TARGET_H

#include "base/err.h"
#include "base/strv.h"
#include "tree/repo.h"

struct target {
	char *name; /* short: the last component, as in icrfix/write64/<name> */
	char *ref;  /* what was looked up, as users name it: "origin/linux-5.10.y" */
	struct revision tip;
};

/* Free with targets_release(). */
struct targets {
	struct target *v;
	size_t n, cap;
	struct strv warnings; /* a local branch that is behind its remote one, say */
};

/*
 * Look up one --to and add what it names, in order of version and name.
 * Nothing that matches is an error, as are two targets of one name.
 */
int targets_add(struct targets *targets, struct repo *repo, const char *to, struct err *err)
	__attribute__((warn_unused_result));

void targets_release(struct targets *targets);

#endif
