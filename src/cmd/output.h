/* SPDX-License-Identifier: GPL-2.0-only */
/* Where commands that write mails put them (-o), and their report beside them. */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include <stdbool.h>

#include "cmd.h"

/* Whether -o names standard output. */
bool output_is_stdout(const char *dir);

/* Whether output_file() would write it: with FORCE always. */
int output_check(const char *path, const struct buf *text, bool force, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Write a file as a whole or not at all.  One of that name with other content is
 * overwritten only with FORCE.
 */
int output_file(const char *path, const struct buf *text, bool force, struct err *err)
	__attribute__((warn_unused_result));

/* app_report(), but what is for standard output goes to stderr, as that has the mails. */
int output_report(const struct app *app, report_writer *write, void *ctx, struct err *err)
	__attribute__((warn_unused_result));

#endif
