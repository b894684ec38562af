/* SPDX-License-Identifier: GPL-2.0-only */
/* Some words, sought in many bytes at once, no matter the case of ASCII letters. */
#ifndef REVIEW_NEEDLES_H
#define REVIEW_NEEDLES_H

#include <stddef.h>

struct needles;

/* Shorter ones are not sought. */
#define NEEDLE_MIN 5

/* Words in small letters, which must live as long.  Free with needles_free(). */
struct needles *needles_new(const char *const *words, size_t n);
void needles_free(struct needles *needles);

/*
 * Call hit(ctx, i) for each place where word I stands with no letter beside it.
 * Safe from several threads.
 */
void needles_run(const struct needles *needles, const char *p, size_t len,
		 void (*hit)(void *ctx, size_t i), void *ctx);

#endif
