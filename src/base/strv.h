/* SPDX-License-Identifier: GPL-2.0-only */
/* A growing list of strings that it owns; v[n] is always NULL once one was added. */
#ifndef BASE_STRV_H
#define BASE_STRV_H

#include <stdbool.h>
#include <stddef.h>

struct strv {
	char **v;
	size_t n, cap;
};

#define STRV_INIT          \
	{                  \
		NULL, 0, 0 \
	}

/* Add a copy of S; the second form takes a string that was allocated. */
void strv_add(struct strv *sv, const char *s);
void strv_take(struct strv *sv, char *s);

bool strv_has(const struct strv *sv, const char *s);

/* Sort bytewise; with unique, drop equal ones. */
void strv_sort(struct strv *sv, bool unique);

void strv_release(struct strv *sv);

#endif
