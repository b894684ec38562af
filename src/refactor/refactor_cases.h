/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A refactor's own test cases: tests/cocci/refactors/ID/NAME.c and what the
 * whole refactor is to make of it, NAME.want.c.
 */
#ifndef REFACTOR_REFACTOR_CASES_H
#define REFACTOR_REFACTOR_CASES_H

#include "engine/cases.h"
#include "refactor.h"

/* Run the cases that PACK_DIR holds; the path is the first of the refactor's files. */
int refactor_cases_run(struct spatch *spatch, const struct refactor *refactor, const char *pack_dir,
		       struct case_results *results, struct err *err)
	__attribute__((warn_unused_result));

#endif
