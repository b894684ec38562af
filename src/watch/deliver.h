/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where results go: standard output, a directory of mails, a command of the
 * user's.  A mail's file has the same name and content whenever it is written,
 * so a repetition leaves one.  Between a command's success and the note of it
 * in the state lies one transaction; who is killed there has the command run
 * again, with the same "delivery" in the JSON.
 */
#ifndef WATCH_DELIVER_H
#define WATCH_DELIVER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/watch_state.h"

/* Strings are not owned. */
struct deliver {
	const char *mail_dir;     /* NULL: no mails */
	const char *name, *email; /* the user, who sends and receives them; name may be NULL */
	const char *command;      /* NULL: none; gets the JSON as its standard input */
	/* The report on standard output; NULL: not there. */
	int (*print)(const struct buf *out, struct err *err);
	bool json; /* as JSON, one line */
};

/* Deliver one result to all of them.  -1: not delivered, or not everywhere. */
int deliver_result(const struct deliver *d, const struct watch_result *r, struct err *err)
	__attribute__((warn_unused_result));

#endif
