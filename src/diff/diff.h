/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unified diffs, parsed from bytes without a tree: git's form (diff --git with
 * its extended header) and the plain one that quilt writes.  The counts in a
 * hunk's header decide where it ends, never what a line looks like, so "-- "
 * may be a removed line and a signature needs no blank.  A context line that
 * is empty and lost its leading blank in the mail counts as context.
 *
 * Parsed texts are kept by reference: they must outlive the struct diff.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* What a hostile diff may hold at most. */
#define DIFF_MAX_FILES 20000
#define DIFF_MAX_HUNKS 200000
#define DIFF_MAX_COUNT 10000000 /* lines in a hunk, and line numbers * 100 */

/* One hunk; TEXT is what follows its @@ line. */
struct diff_hunk {
	unsigned long old_start, old_count;
	unsigned long new_start, new_count;
	const char *section; /* what follows the second @@; not NUL-ended */
	size_t section_len;
	const char *text;
	size_t len;
	size_t line; /* of the @@ line in the parsed text, from 1 */
};

/* One line of a hunk without its mark and line end. */
struct diff_line {
	char kind; /* ' ', '+' or '-' */
	const char *p;
	size_t n;    /* a CR at the end is counted */
	bool no_eol; /* "\ No newline at end of file" follows */
};

enum diff_op {
	DIFF_CHANGE,
	DIFF_NEW,
	DIFF_DELETE,
	DIFF_RENAME,
	DIFF_COPY,
};

/* One file.  Paths have lost their first component (a/, b/) and are unquoted. */
struct diff_file {
	enum diff_op op;
	bool git;                        /* begins with "diff --git" */
	bool odd;                        /* ... and its lines contradict each other */
	char *old_path;                  /* owned; NULL for a new file */
	char *new_path;                  /* owned; NULL for a deleted file */
	unsigned int old_mode, new_mode; /* 0: not told */
	char old_blob[65], new_blob[65]; /* hex, perhaps shortened; "": not told */
	bool binary;                     /* no hunks, content not looked at */
	struct diff_hunk *hunks;
	size_t n_hunks, cap_hunks;
	size_t line; /* of its first line in the parsed text, from 1 */
};

/* Initialise with DIFF_INIT, free with diff_release(). */
struct diff {
	struct diff_file *files;
	size_t n, cap;
	size_t n_hunks;
	size_t start, end; /* the bytes of the text from first to last file */
};

#define DIFF_INIT                   \
	{                           \
		NULL, 0, 0, 0, 0, 0 \
	}

/*
 * Parse all diffs in the text, as git apply does: what stands between files is
 * left out.  No diff in it at all is no error (n is 0).  A hunk that ends
 * before its counts are reached or belongs to no file, or a limit above, is:
 * -1, the struct holds the files before it.
 */
int diff_parse(struct diff *diff, const char *text, size_t len, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Parse the first run of files that begins at or after offset FROM and is not
 * broken by other text than blank and "Index:" lines.  1: found, from
 * diff->start to diff->end; 0: none; -1: found but damaged, and diff->end is
 * where to look further.
 */
int diff_next(struct diff *diff, const char *text, size_t len, size_t from, struct err *err)
	__attribute__((warn_unused_result));

/* Whether a file begins in the line at offset POS of the text. */
bool diff_starts_at(const char *text, size_t len, size_t pos);

/* The lines of a hunk, one a call; *pos is 0 at first.  False at the end. */
bool diff_hunk_next(const struct diff_hunk *hunk, size_t *pos, struct diff_line *line);

/* The file's name for people: the new one, else the old one. */
const char *diff_file_path(const struct diff_file *file);

/*
 * Whether a path that came out of a mail may be used below a tree: relative,
 * no empty, "." or ".." component, no .git, no control characters, at most
 * 4096 bytes.
 */
bool diff_path_ok(const char *path);

/* The names of all files are fit for use (diff_path_ok()), else -1 and which is not. */
int diff_check_paths(const struct diff *diff, struct err *err) __attribute__((warn_unused_result));

void diff_release(struct diff *diff);

#endif
