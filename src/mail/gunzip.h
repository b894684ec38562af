/* SPDX-License-Identifier: GPL-2.0-only */
/* gzip files (RFC 1952), also of several members, inflated in memory. */
#ifndef MAIL_GUNZIP_H
#define MAIL_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

bool gunzip_is(const void *p, size_t n);

/*
 * Add what the file holds to OUT, at most out->max bytes.  -1 with
 * STATUS_TEMPFAIL when it is damaged or cut off (it may be whole next time),
 * with STATUS_USAGE when it inflates to more than that.
 */
int gunzip(const void *p, size_t n, struct buf *out, struct err *err)
	__attribute__((warn_unused_result));

#endif
