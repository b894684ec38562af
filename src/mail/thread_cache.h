/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Threads as they were fetched, a file each under icrfix's cache directory.
 * Names are hashes; the URL stands in the file and is compared.
 */
#ifndef MAIL_THREAD_CACHE_H
#define MAIL_THREAD_CACHE_H

#include <stdbool.h>

#include "base/buf.h"

/* ${XDG_CACHE_HOME:-~/.cache}/icrfix/threads; NULL when there is no home.  Caller frees. */
char *thread_cache_dir(void);

/*
 * Add what is kept for the URL to OUT unless it is older than MAX_AGE seconds
 * (below 0: of any age).  False: nothing there.
 */
bool thread_cache_get(const char *dir, const char *url, long max_age, struct buf *out);

/* Keep it; what cannot be kept is not, and files older than a month go. */
void thread_cache_put(const char *dir, const char *url, const void *p, size_t n);

#endif
