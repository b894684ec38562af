/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Errors: modules return -1 and fill a struct err; the command prints it
 * once.  The kind says how far the damage goes and becomes the exit status.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "status.h"

/* What went wrong.  Initialise with ERR_INIT, free with err_release(). */
struct err {
	enum status status;
	char *text; /* owned; NULL while there is no error */
};

#define ERR_INIT             \
	{                    \
		STATUS_OK, 0 \
	}

/*
 * Record an error with status STATUS_USAGE.  A text that is there already is
 * replaced.  Always returns -1, so that "return err_set(...)" reads well.
 */
int err_set(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same with another status. */
int err_status(struct err *err, enum status status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Put context in front of the text: "CONTEXT: text".  Always returns -1. */
int err_context(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Free the text and go back to "no error". */
void err_release(struct err *err);

#endif
