/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that is there or the program ends: after a clear line on stderr and
 * what mem_at_end() was told, with exit status 2.  Nothing else in icrfix
 * leaves the program from below main().
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* What to do before the program ends for want of memory. */
void mem_at_end(void (*clean_up)(void));

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xreallocarray(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
void *xmemdup(const void *p, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *fmt, va_list ap);

/*
 * Make room for one more element in a growing array: ITEMS points to the
 * elements, N are used, CAP fit (0 at first).
 */
#define GROW(items, n, cap)                                                        \
	do {                                                                       \
		if ((n) >= (cap)) {                                                \
			(cap) = (cap) ? 2 * (cap) : 8;                             \
			(items) = xreallocarray((items), (cap), sizeof(*(items))); \
		}                                                                  \
	} while (0)

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif
