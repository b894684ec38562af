/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The token search of all rules at once: one pass over a file says which rules'
 * tokens it holds, as whole identifiers.  It must never miss what a semantic
 * patch would match.
 */
#ifndef ENGINE_PREFILTER_H
#define ENGINE_PREFILTER_H

#include <stddef.h>
#include <stdint.h>

#include "rule.h"

struct prefilter;

/* For at most 64 rules, which must live as long.  Free with prefilter_free(). */
struct prefilter *prefilter_new(const struct rule *const *rules, size_t n);
void prefilter_free(struct prefilter *pf);

/* A bit for each rule (in order) whose tokens the bytes hold.  Safe from several threads. */
uint64_t prefilter_run(const struct prefilter *pf, const char *p, size_t len);

#endif
